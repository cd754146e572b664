-- A value added to a type can be used from the next transaction on, so it stands in a migration before its users.
alter type payments.purpose add value 'order';
