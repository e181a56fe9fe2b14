create table if not exists portcullis_ledger (
  space text not null,
  id bytea not null,
  key text not null,
  value text not null,
  ends bigint not null,
  turn bigint not null,
  primary key (space, id)
);
create index if not exists portcullis_ledger_turn on portcullis_ledger (space, turn);
create index if not exists portcullis_ledger_ends on portcullis_ledger (ends);
create sequence if not exists portcullis_turns;
create table if not exists portcullis_buckets (
  id text primary key,
  state bytea,
  expires_at bigint
);
create index if not exists portcullis_buckets_expires on portcullis_buckets (expires_at);
