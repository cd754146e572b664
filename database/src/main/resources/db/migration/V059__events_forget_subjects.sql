grant select, delete on platform.consumed_subjects to ecom_events;
