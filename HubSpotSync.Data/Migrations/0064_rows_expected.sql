-- At most a page of keys is asked for, and each is unique. Without a word Postgres expects a thousand rows, for which
-- it reads a table of 20,000 customers from end to end.
alter function customers_with_custom(text, text[]) rows 10;
