-- The one office whose staff this is; null: of every office of the city.
alter table staff_session add column office text check (length(office) between 1 and 100);
