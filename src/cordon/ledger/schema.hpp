// One schema in both stores. The rules (triggers) keep every other program that writes to the database in
// line as well: nothing is changed or removed, and what is added continues the chain. Somebody who may change
// the rules can break them; the hashes then show it.
#pragma once
#include <fmt/core.h>

#include <string>
#include <string_view>

namespace cordon::ledger {

// seq_type: 64 bits, INTEGER in SQLite (where it then is the row's own number) and BIGINT in PostgreSQL.
inline std::string tables(std::string_view seq_type) {
  return fmt::format(R"(
CREATE TABLE cordon_ledger (
  format TEXT NOT NULL, id TEXT NOT NULL, created TEXT NOT NULL, genesis TEXT NOT NULL);
CREATE TABLE cordon_entry (
  seq {} PRIMARY KEY, time TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL,
  subject TEXT NOT NULL, payload TEXT NOT NULL, versions TEXT NOT NULL, previous TEXT NOT NULL,
  hash TEXT NOT NULL);
CREATE INDEX cordon_entry_subject ON cordon_entry (subject, seq);
)",
                     seq_type);
}

inline constexpr std::string_view kSqliteRules = R"(
CREATE TRIGGER cordon_entry_follows BEFORE INSERT ON cordon_entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM cordon_entry)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM cordon_entry ORDER BY seq DESC LIMIT 1),
                                  (SELECT genesis FROM cordon_ledger))
BEGIN SELECT RAISE(ABORT, 'an entry must follow the last one of the chain'); END;
CREATE TRIGGER cordon_entry_kept BEFORE UPDATE ON cordon_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER cordon_entry_stays BEFORE DELETE ON cordon_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER cordon_ledger_one BEFORE INSERT ON cordon_ledger WHEN (SELECT count(*) FROM cordon_ledger) > 0
BEGIN SELECT RAISE(ABORT, 'a ledger has one id'); END;
CREATE TRIGGER cordon_ledger_kept BEFORE UPDATE ON cordon_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER cordon_ledger_stays BEFORE DELETE ON cordon_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
)";

inline constexpr std::string_view kPostgresRules = R"(
CREATE FUNCTION cordon_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE FUNCTION cordon_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_seq BIGINT; last_hash TEXT;
BEGIN
  SELECT seq, hash INTO last_seq, last_hash FROM cordon_entry ORDER BY seq DESC LIMIT 1;
  IF last_seq IS NULL THEN
    last_seq := 0;
    SELECT genesis INTO last_hash FROM cordon_ledger;
  END IF;
  IF NEW.seq IS DISTINCT FROM last_seq + 1 OR NEW.previous IS DISTINCT FROM last_hash THEN
    RAISE EXCEPTION 'an entry must follow the last one of the chain';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION cordon_ledger_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM cordon_ledger) > 0 THEN RAISE EXCEPTION 'a ledger has one id'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cordon_entry_follows BEFORE INSERT ON cordon_entry
  FOR EACH ROW EXECUTE FUNCTION cordon_entry_follows();
CREATE TRIGGER cordon_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON cordon_entry
  FOR EACH STATEMENT EXECUTE FUNCTION cordon_append_only();
CREATE TRIGGER cordon_ledger_one BEFORE INSERT ON cordon_ledger
  FOR EACH ROW EXECUTE FUNCTION cordon_ledger_one();
CREATE TRIGGER cordon_ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON cordon_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION cordon_append_only();
ALTER TABLE cordon_entry ENABLE ALWAYS TRIGGER cordon_entry_follows;
ALTER TABLE cordon_entry ENABLE ALWAYS TRIGGER cordon_entry_kept;
ALTER TABLE cordon_ledger ENABLE ALWAYS TRIGGER cordon_ledger_one;
ALTER TABLE cordon_ledger ENABLE ALWAYS TRIGGER cordon_ledger_kept;
)";

}  // namespace cordon::ledger
