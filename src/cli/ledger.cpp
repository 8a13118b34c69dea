// cordon ledger append | show | verify | export | key
#include <fmt/core.h>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/text.hpp"
#include "cordon/ledger/export.hpp"
#include "cordon/ledger/keys.hpp"
#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/verify.hpp"
#include "ledger_place.hpp"
#include "versions.hpp"

namespace cordon::cli {

std::string account_name() {
  const passwd* account = ::getpwuid(::getuid());
  return account == nullptr ? fmt::format("uid {}", ::getuid()) : account->pw_name;
}

base::Result<std::unique_ptr<ledger::Ledger>> open_ledger(const LedgerPlace& place, ledger::Access access) {
  ledger::OpenOptions options;
  options.access = access;
  options.heads = place.heads;
  options.wait = std::chrono::milliseconds(static_cast<std::int64_t>(place.wait_s * 1000));
  return ledger::Ledger::open(place.place, std::move(options));
}

void add_place_options(CLI::App& command, LedgerPlace& place) {
  command.add_option("--heads", place.heads, "file of heads; LEDGER.heads where the ledger is a file");
  command.add_option("--wait", place.wait_s, "seconds to wait for another writer")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
}

namespace {

constexpr std::size_t kTogether = 1000;  // entries of a stream in one transaction
constexpr std::size_t kLongestExport = std::size_t{1} << 30;

struct Options {
  LedgerPlace place;
  ledger::Record record;
  std::string payload_file, entries_file, key, public_key, against, title;
  ledger::Filter filter;
  Output output;
};

std::string acknowledged(const ledger::Entry& entry) {
  return fmt::format("{{\"seq\":{},\"time\":\"{}\",\"hash\":\"{}\"}}\n", entry.seq, entry.time, entry.hash);
}

// A line of --entries: the fields of a record; payload and versions as JSON values.
base::Result<ledger::Record> record_from(std::string_view line, const ledger::Record& defaults) {
  auto canonical = ledger::canonical_json(line);
  if (!canonical) return tl::unexpected(canonical.error());
  const auto json = nlohmann::json::parse(*canonical);
  if (!json.is_object()) return base::fail("expected a JSON object");
  ledger::Record record = defaults;
  for (const auto& [name, value] : json.items()) {
    std::string* text = name == "actor"     ? &record.actor
                        : name == "role"    ? &record.role
                        : name == "kind"    ? &record.kind
                        : name == "subject" ? &record.subject
                                            : nullptr;
    if (text != nullptr) {
      if (!value.is_string()) return base::fail("{}: expected a text, found {:.40}", name, value.dump());
      *text = value.get<std::string>();
    } else if (name == "payload") {
      record.payload = value.dump();
    } else if (name == "versions") {
      record.versions = value.dump();
    } else {
      return base::fail("expected actor, role, kind, subject, payload or versions; found '{:.40}'", name);
    }
  }
  return ledger::checked(std::move(record));
}

bool more_is_waiting() {
  pollfd ready{STDIN_FILENO, POLLIN, 0};
  return ::poll(&ready, 1, 0) > 0;
}

void report_warnings(ledger::Ledger& ledger) {
  for (const std::string& warning : ledger.warnings()) note("the entries are kept, but " + warning);
}

// Many entries: those that are there at once share a transaction; each is acknowledged when it is durable.
base::Result<void> append_stream(const Options& options, ledger::Ledger& ledger, base::OutputFile& out,
                                 base::Tally& rejected) {
  std::vector<ledger::Record> batch;
  base::Result<void> result;
  const auto commit = [&] {
    if (batch.empty() || !result) return;
    const auto entries = ledger.append(batch);
    batch.clear();
    if (!entries) {
      result = tl::unexpected(entries.error());
      return;
    }
    std::string text;
    for (const ledger::Entry& entry : *entries) text += acknowledged(entry);
    result = out.write(text);
    if (result) result = out.flush();
  };
  base::LineSplitter lines(
      [&](std::string_view line, std::uint64_t number, std::uint64_t) {
        if (base::trim(line).empty() || !result) return;
        auto record = record_from(line, options.record);
        if (!record) return rejected.add(record.error().message, fmt::format("line {}", number));
        batch.push_back(std::move(*record));
        if (batch.size() >= kTogether) commit();
      },
      ledger::kLongestPayload + 4096);
  const bool live = options.entries_file == "-";
  auto read = base::read_chunks(options.entries_file, [&](std::string_view bytes) {
    lines.push(bytes);
    if (live && !more_is_waiting()) commit();
    return result.has_value();
  });
  lines.finish();
  commit();
  if (lines.overlong() != 0) rejected.add("line too long", {}, lines.overlong());
  if (!read) return read;
  return result;
}

void append(const Options& options, Exit& exit) {
  ledger::Record record = options.record;
  if (record.versions.empty()) record.versions = versions_json();
  // What is wrong with a single entry is said before a ledger is made for it.
  const bool stream = !options.entries_file.empty();
  if (!stream && !options.payload_file.empty()) {
    auto text = base::read_file(options.payload_file, ledger::kLongestPayload);
    if (!text) return report(exit, text.error());
    record.payload = std::move(*text);
  }
  if (!stream)
    if (auto good = ledger::checked(record); !good) return report(exit, good.error());
  auto ledger = open_ledger(options.place, ledger::Access::create);
  if (!ledger) return report(exit, ledger.error());
  base::Tally rejected;
  with_output(exit, options.output, [&](base::OutputFile& out) -> base::Result<void> {
    if (stream) {
      Options filled = options;
      filled.record = record;
      return append_stream(filled, **ledger, out, rejected);
    }
    const auto entries = (*ledger)->append(std::vector{record});
    if (!entries) return tl::unexpected(entries.error());
    return out.write(acknowledged(entries->front()));
  });
  report_warnings(**ledger);
  if (!rejected.empty()) {
    report(options.entries_file, rejected);
    exit.code = kBadInput;
  }
}

void show(const Options& options, Exit& exit) {
  auto ledger = open_ledger(options.place, ledger::Access::read);
  if (!ledger) return report(exit, ledger.error());
  with_output(exit, options.output, [&](base::OutputFile& out) -> base::Result<void> {
    base::Result<void> written;
    auto done = (*ledger)->read(options.filter, [&](ledger::Entry&& entry) {
      std::string line;
      if (options.output.format == "table") {
        line =
            base::printable(fmt::format("{:>7}  {}  {:<14} {:<10} {:<22} {:<24} {}", entry.seq, entry.time,
                                        entry.actor, entry.role, entry.kind, entry.subject, entry.payload));
      } else {
        // What was altered behind our back may be no JSON any more: it is shown as text.
        const auto json = [](std::string& text) {
          if (!ledger::canonical_json(text)) text = nlohmann::json(base::to_utf8(text)).dump();
        };
        json(entry.payload);
        json(entry.versions);
        ledger::append_json(line, entry);
      }
      written = out.write(line + "\n");
      return written.has_value();
    });
    return done ? written : done;
  });
}

bool is_export(const std::string& place) {
  if (ledger::is_postgres_url(place)) return false;
  std::ifstream file(place, std::ios::binary);
  std::string start(256, '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  return ledger::looks_like_export(start);
}

base::Result<ledger::ExportCheck> read_export(const std::string& path, const std::string& key_path) {
  if (key_path.empty())
    return base::fail("{}: an export is verified with --public KEY.pub of its signer", path);
  const auto key = ledger::PublicKey::read(key_path);
  if (!key) return tl::unexpected(key.error());
  auto text = base::read_file(path, kLongestExport);
  if (!text) return tl::unexpected(text.error());
  auto check = ledger::check_export(*text, *key);
  if (!check) return base::fail("{}: {}", path, check.error().message);
  return check;
}

void print_verdict(base::Tally& damages, const ledger::Verdict& verdict) {
  for (const ledger::Damage& damage : verdict.damages) {
    const std::string which = damage.seq == 0 ? std::string("the ledger's own record")
                              : damage.seq == damage.until
                                  ? fmt::format("entry {}", damage.seq)
                                  : fmt::format("entries {} to {}", damage.seq, damage.until);
    note(fmt::format("{}: {}: {}", which, damage.what, damage.because));
    damages.add(damage.what);
  }
  for (const std::string& text : verdict.notes) note("note: " + text);
}

void verify(const Options& options, Exit& exit) {
  base::Tally damages;
  std::string out;
  if (is_export(options.place.place)) {
    auto check = read_export(options.place.place, options.public_key);
    if (!check) return report(exit, check.error());
    if (!check->signature_good) note("the signature is not one of that key");
    if (!check->body_good) note("the file is not what was signed");
    print_verdict(damages, check->verdict);
    if (!check->whole()) exit.code = 1;
    out = fmt::format("{{\"signature\":{},\"body\":{},\"signer\":\"{}\",\"statement\":{},\"entries\":",
                      check->signature_good, check->body_good,
                      ledger::PublicKey::from_hex(check->signer) ? check->signer : "", check->statement);
    ledger::append_json(out, check->verdict);
    out += "}\n";
  } else {
    std::vector<ledger::Head> heads;
    if (!options.against.empty()) {
      auto check = read_export(options.against, options.public_key);
      if (!check) return report(exit, check.error());
      if (!check->whole())
        return report(exit, {fmt::format("{}: is itself altered; verify it first", options.against)});
      heads = std::move(check->heads);
    }
    auto ledger = open_ledger(options.place, ledger::Access::read);
    if (!ledger) return report(exit, ledger.error());
    const auto verdict = ledger::verify(**ledger, heads);
    if (!verdict) return report(exit, verdict.error());
    print_verdict(damages, *verdict);
    if (!verdict->whole()) exit.code = 1;
    ledger::append_json(out, *verdict);
    out += "\n";
  }
  with_output(exit, options.output, [&](base::OutputFile& file) { return file.write(out); });
}

void write_export(const Options& options, Exit& exit) {
  const auto key = ledger::SigningKey::read(options.key);
  if (!key) return report(exit, key.error());
  auto ledger = open_ledger(options.place, ledger::Access::read);
  if (!ledger) return report(exit, ledger.error());
  ledger::ExportOptions how;
  how.format = options.output.format;
  how.filter = options.filter;
  how.versions = versions_json();
  how.actor = options.record.actor;
  how.title = options.title;
  const auto text = ledger::write_export(**ledger, how, *key);
  if (!text) return report(exit, text.error());
  with_output(exit, options.output, [&](base::OutputFile& file) { return file.write(*text); });
}

void make_key(const std::string& path, Exit& exit) {
  const auto key = ledger::SigningKey::create(path);
  if (!key) return report(exit, key.error());
  note(fmt::format("{} signs, keep it to yourself; {}.pub verifies, give it away", path, path));
  fmt::print("{}\n", key->public_key().fingerprint());
}

void add_filter(CLI::App& command, ledger::Filter& filter) {
  command.add_option("--from", filter.first, "first entry");
  command.add_option("--to", filter.last, "last entry");
  command.add_option("--subject", filter.subject, "only about this");
  command.add_option("--kind", filter.kind, "only of this kind");
  command.add_option("--actor", filter.actor, "only of this actor");
}

}  // namespace

void add_ledger(CLI::App& app, Exit& exit) {
  auto* verb = app.add_subcommand("ledger", "append-only, hash-chained record of decisions");
  verb->require_subcommand(1);
  const auto command = [&](const char* name, const char* what, const char* example,
                           std::initializer_list<std::string_view> formats) {
    auto options = std::make_shared<Options>();
    options->record.versions.clear();
    auto* sub = verb->add_subcommand(name, what);
    sub->footer(std::string("Example:\n  ") + example);
    sub->add_option("LEDGER", options->place.place, "a file, or postgresql://user@host/database")->required();
    add_place_options(*sub, options->place);
    add_output(*sub, options->output, formats);
    return std::pair(sub, options);
  };

  {
    const auto [sub, options] = command(
        "append", "add entries; answers when they are durable",
        "cordon ledger append decisions.ledger --kind screen.hit --subject imo:9187629 --payload hit.json",
        {});
    options->record.actor = account_name();
    options->record.role = "analyst";
    sub->add_option("--actor", options->record.actor, "who")->capture_default_str();
    sub->add_option("--role", options->record.role, "in which capacity")->capture_default_str();
    sub->add_option("--kind", options->record.kind, "what happened, e.g. screen.hit");
    sub->add_option("--subject", options->record.subject, "what it is about");
    sub->add_option("--payload", options->payload_file, "JSON file with the details; - is stdin");
    sub->add_option("--versions", options->record.versions,
                    "JSON object of versions, instead of those of this program's data");
    sub->add_option("--entries", options->entries_file,
                    "one JSON object a line: actor role kind subject payload versions; - is stdin");
    sub->callback([options = options, &exit] { append(*options, exit); });
  }
  {
    const auto [sub, options] =
        command("show", "the entries", "cordon ledger show decisions.ledger --subject permit:R-2026-001",
                {"ndjson", "table"});
    add_filter(*sub, options->filter);
    sub->callback([options = options, &exit] { show(*options, exit); });
  }
  {
    const auto [sub, options] = command(
        "verify", "find and name what was altered, removed, moved or put in; 1 where something was",
        "cordon ledger verify decisions.ledger\n  cordon ledger verify copy.html --public key.pub", {});
    sub->add_option("--public", options->public_key, "public key of the signer of an export");
    sub->add_option("--against", options->against, "a signed export that vouches for the ledger's entries");
    sub->callback([options = options, &exit] { verify(*options, exit); });
  }
  {
    const auto [sub, options] =
        command("export", "a signed copy: JSON, CSV, or a page to print",
                "cordon ledger export decisions.ledger --key key --format html -o copy.html",
                {"json", "csv", "html"});
    sub->add_option("--key", options->key, "private key made by `cordon ledger key`")->required();
    sub->add_option("--title", options->title, "title of the page");
    options->record.actor = account_name();
    sub->add_option("--by", options->record.actor, "who makes the copy")->capture_default_str();
    add_filter(*sub, options->filter);
    sub->callback([options = options, &exit] { write_export(*options, exit); });
  }
  auto path = std::make_shared<std::string>();
  auto* key = verb->add_subcommand("key", "make a key that signs exports: FILE and FILE.pub");
  key->footer("Example:\n  cordon ledger key ~/.cordon-key");
  key->add_option("FILE", *path, "where the private key goes")->required();
  key->callback([path, &exit] { make_key(*path, exit); });
}

}  // namespace cordon::cli
