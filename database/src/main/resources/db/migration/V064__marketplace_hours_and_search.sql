-- Opening hours as the customer's column has them, {"monday": [{"from": "07:30", "to": "20:00"}], ...}, to minutes of the
-- week from Monday 0:00. A span that ends no later than it begins ends the next day. Raises on what is no such thing.
create function marketplace.open_minutes(p_hours jsonb) returns int4multirange language plpgsql immutable strict as $$
declare
    week constant integer := 7 * 24 * 60;
    days constant text[] :=
        array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    opened int4multirange := '{}';
    day record;
    span jsonb;
    place integer;
    starts integer;
    ends integer;
begin
    if jsonb_typeof(p_hours) <> 'object' then
        raise exception 'opening hours are an object' using errcode = 'invalid_parameter_value';
    end if;
    for day in select key, value from jsonb_each(p_hours) loop
        place := array_position(days, day.key);
        if place is null or jsonb_typeof(day.value) <> 'array' then
            raise exception 'opening hours have no day %', day.key using errcode = 'invalid_parameter_value';
        end if;
        for span in select value from jsonb_array_elements(day.value) loop
            if coalesce(span ->> 'from', '') !~ '^([01]\d|2[0-3]):[0-5]\d$'
                or coalesce(span ->> 'to', '') !~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$' then
                raise exception 'opening hours have no span %', span using errcode = 'invalid_parameter_value';
            end if;
            starts := (place - 1) * 1440 + split_part(span ->> 'from', ':', 1)::integer * 60
                + split_part(span ->> 'from', ':', 2)::integer;
            ends := (place - 1) * 1440 + split_part(span ->> 'to', ':', 1)::integer * 60
                + split_part(span ->> 'to', ':', 2)::integer;
            ends := case when ends <= starts then ends + 1440 else ends end;
            opened := opened + int4multirange(int4range(starts, least(ends, week)));
            if ends > week then
                opened := opened + int4multirange(int4range(0, ends - week));
            end if;
        end loop;
    end loop;
    return opened;
end
$$;

-- Which minute of the week a time is.
create function marketplace.minute_of_week(p_at timestamptz, p_zone text) returns integer
    language sql stable
begin atomic
    select ((extract(isodow from p_at at time zone p_zone) - 1) * 1440
        + extract(hour from p_at at time zone p_zone) * 60
        + extract(minute from p_at at time zone p_zone))::integer;
end;

-- When a store opens next: the time itself while it is open, null if it never does. Togo has no summer time.
create function marketplace.opens_at(p_open int4multirange, p_at timestamptz, p_zone text) returns timestamptz
    language sql stable
begin atomic
    select case
        when p_open @> marketplace.minute_of_week(p_at, p_zone) then p_at
        else date_trunc('minute', p_at) + interval '1 minute' * (
            select min((lower(span) - marketplace.minute_of_week(p_at, p_zone) + 10080) % 10080)
            from unnest(p_open) span)
    end;
end;

-- A text as it is searched: small letters without accents. unaccent is stable only because its dictionary might change.
create function marketplace.plain(p_text text) returns text language sql immutable strict parallel safe
begin atomic
    select lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text));
end;

-- Metres between two places, each a point of longitude and latitude, on a sphere.
create function marketplace.distance_m(p_one point, p_other point) returns double precision
    language sql immutable strict parallel safe
begin atomic
    select 2 * 6371008.8 * asin(least(1, sqrt(
        power(sind((p_other[1] - p_one[1]) / 2), 2)
        + cosd(p_one[1]) * cosd(p_other[1]) * power(sind((p_other[0] - p_one[0]) / 2), 2))));
end;
