-- What is sealed can not be compressed: nobody tries.
alter table statement alter column sealed set storage external;
alter table consent alter column sealed set storage external;
