-- What a line of an order became. It can be offered again by itself, so its offer is the licence's, not the order's.
alter table bulk_row add column licence_id text references offered_licence;
update bulk_row r set licence_id = l.id
    from (select bulk, line, offer_id, row_number() over (partition by offer_id order by line) - 1 as position
            from bulk_row where offer_id is not null) n
        join offered_licence l on l.offer_id = n.offer_id and l.position = n.position
    where r.bulk = n.bulk and r.line = n.line;
