// cordon lists show PATH... | diff OLD NEW | versions PATH... | update [NAME...]
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/lists/fetch.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/lists/update.hpp"
#include "cordon/lists/version.hpp"
#include "cordon/model/entity.hpp"

namespace cordon::cli {
namespace {

using base::Result;

void tell(const lists::ListFile& list) {
  std::string label = list.source->file;
  if (!list.source->version.empty()) label += " (" + list.source->version + ")";
  note(fmt::format("{}: {} entities, {}", label, list.entities.size(), list.source->format));
  if (!list.rejects.empty()) note(fmt::format("{}: {}", list.source->file, list.rejects.summary()));
}

// Name, schema, programme and id in columns for people.
std::string table_row(const model::Entity& entity) {
  const auto programs = entity.all("program");
  std::string program;
  for (const std::string_view one : programs) program += (program.empty() ? "" : ", ") + std::string(one);
  return fmt::format("{:<24} {:<12} {:<20} {}\n", entity.id, model::to_string(entity.schema), program,
                     entity.caption);
}

Result<void> write_entities(base::OutputFile& file, const std::vector<lists::ListFile>& all, bool table) {
  std::string line;
  for (const lists::ListFile& list : all) {
    for (const model::Entity& entity : list.entities) {
      if (table) {
        line = table_row(entity);
      } else {
        line.clear();
        model::append_ftm(line, entity);
        line += '\n';
      }
      if (auto done = file.write(line); !done) return done;
    }
  }
  return {};
}

struct ShowOptions {
  std::vector<std::filesystem::path> paths;
  bool embedded = false;
  Output output;
};

void show(const ShowOptions& options, Exit& exit) {
  std::vector<lists::ListFile> all;
  if (options.embedded) {
    auto list = lists::read_embedded();
    if (!list) return report(exit, list.error());
    all.push_back(std::move(*list));
  }
  if (options.paths.empty() && !options.embedded) {
    return report(exit, base::Error{"lists show: expected a list file or folder, or --embedded"}, kUsage);
  }
  auto set = lists::read_lists(options.paths);
  if (!set) return report(exit, set.error());
  for (lists::ListFile& list : set->files) all.push_back(std::move(list));
  for (const lists::ListFile& list : all) tell(list);
  if (!set->skipped.empty()) note(fmt::format("skipped: {}", set->skipped.summary()));
  with_output(exit, options.output, [&](base::OutputFile& file) {
    return write_entities(file, all, options.output.format == "table");
  });
}

struct DiffOptions {
  std::filesystem::path old_path, new_path;
  Output output;
};

void compare(const DiffOptions& options, Exit& exit) {
  const auto old = lists::read_list(options.old_path);
  if (!old) return report(exit, old.error());
  const auto now = lists::read_list(options.new_path);
  if (!now) return report(exit, now.error());
  tell(*old);
  tell(*now);
  if (old->source->dataset != now->source->dataset) {
    note(fmt::format("the lists differ in kind: {} and {}", old->source->dataset, now->source->dataset));
  }
  if (lists::suspicious_shrink(*old, *now)) {
    note(
        fmt::format("warning: the list shrank from {} to {} entities; it may be cut off, check it before use",
                    old->entities.size(), now->entities.size()));
  }
  const auto changes = lists::diff(*old, *now);
  std::size_t counts[3] = {};
  for (const lists::Change& change : changes) ++counts[static_cast<std::size_t>(change.kind)];
  note(fmt::format("{} added, {} removed, {} changed", counts[0], counts[1], counts[2]));
  with_output(exit, options.output, [&](base::OutputFile& file) -> Result<void> {
    std::string line;
    for (const lists::Change& change : changes) {
      line.clear();
      if (options.output.format == "table") {
        line = fmt::format("{:<8} {:<24} {}", lists::to_string(change.kind), change.id, change.caption);
        for (const lists::FieldChange& field : change.fields) {
          if (change.kind == lists::ChangeKind::changed) line += fmt::format(" | {}", field.field);
        }
      } else {
        lists::append_json(line, change);
      }
      line += '\n';
      if (auto done = file.write(line); !done) return done;
    }
    return {};
  });
}

struct VersionsOptions {
  std::vector<std::filesystem::path> paths;
  Output output;
};

void versions(const VersionsOptions& options, Exit& exit) {
  const auto set = lists::read_lists(options.paths);
  if (!set) return report(exit, set.error());
  with_output(exit, options.output, [&](base::OutputFile& file) -> Result<void> {
    std::string out;
    for (const lists::ListFile& list : set->files) {
      const auto version = lists::version_of(list);
      if (!version) return tl::unexpected(version.error());
      if (options.output.format == "table") {
        out += lists::describe(*version);
      } else {
        lists::append_json(out, *version);
      }
      out += '\n';
    }
    return file.write(out);
  });
}

struct UpdateCommand {
  std::vector<std::string> names;
  std::string sources, base_url;
  lists::UpdateOptions update;
  Output output;
};

Result<std::vector<lists::Origin>> origins_of(const UpdateCommand& command) {
  constexpr std::string_view kEmbedded = "lists/sources.json";
  constexpr std::size_t kLongest = std::size_t{1} << 20;
  std::string text;
  if (command.sources.empty()) {
    const auto bytes = base::resource(kEmbedded);
    if (!bytes) return tl::unexpected(bytes.error());
    text = *bytes;
  } else {
    auto bytes = base::read_file(command.sources, kLongest);
    if (!bytes) return tl::unexpected(bytes.error());
    text = std::move(*bytes);
  }
  auto all = lists::parse_origins(text, command.sources.empty() ? std::string(kEmbedded) : command.sources);
  if (!all) return all;
  std::vector<lists::Origin> chosen;
  std::string known;
  for (lists::Origin& origin : *all) {
    known += (known.empty() ? "" : ", ") + origin.name;
    const bool named =
        std::find(command.names.begin(), command.names.end(), origin.name) != command.names.end();
    if (!named && !(command.names.empty() && origin.on_request.empty())) continue;
    // A mirror holds each list under its own name.
    if (!command.base_url.empty())
      origin.url = fmt::format("{}/{}.{}", command.base_url, origin.name, origin.extension);
    chosen.push_back(std::move(origin));
  }
  for (const std::string& name : command.names) {
    if (std::none_of(chosen.begin(), chosen.end(), [&](const auto& origin) { return origin.name == name; }))
      return base::fail("no source '{}'; there are {}", name, known);
  }
  return chosen;
}

void update(UpdateCommand& command, Exit& exit) {
  while (command.base_url.ends_with('/')) command.base_url.pop_back();
  if (!command.base_url.empty() && !command.base_url.starts_with("https://"))
    return report(exit, {"--base-url: expected an address that begins with https://"}, kUsage);
  const auto origins = origins_of(command);
  if (!origins) return report(exit, origins.error(), kUsage);
  command.update.now = std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
  command.update.fetch = lists::fetch;
  const auto results = lists::update(*origins, command.update);
  if (!results) return report(exit, results.error());
  with_output(exit, command.output, [&](base::OutputFile& file) {
    std::string out;
    for (const lists::Updated& one : *results) {
      if (command.output.format == "table") {
        out += one.status == lists::UpdateStatus::failed
                   ? fmt::format("{:<22} {:<10} {}\n", one.name, lists::to_string(one.status), one.why)
                   : fmt::format("{:<22} {:<10} {} entities, {} bytes, sha256 {}\n", one.name,
                                 lists::to_string(one.status), one.entities, one.bytes, one.sha256);
      } else {
        lists::append_json(out, one);
        out += '\n';
      }
    }
    return file.write(out);
  });
  for (const lists::Updated& one : *results) {
    if (one.status != lists::UpdateStatus::failed) continue;
    report(exit, {fmt::format("{}: not updated: {}", one.name, one.why)});
  }
}

}  // namespace

void add_lists(CLI::App& app, Exit& exit) {
  CLI::App* lists = app.add_subcommand("lists", "show, compare and fetch sanctions lists");
  lists->require_subcommand(1);

  const auto show_options = std::make_shared<ShowOptions>();
  CLI::App* show_command = lists->add_subcommand(
      "show", "every record of lists as one FollowTheMoney JSON line, whatever the format of the file");
  show_command->add_option("PATH", show_options->paths,
                           "list files, or folders searched for lists; - is stdin");
  show_command->add_flag("--embedded", show_options->embedded,
                         "the DPRK designations shipped with the program");
  add_output(*show_command, show_options->output, {"ndjson", "table"});
  show_command->footer("Example: cordon lists show un_consolidated.xml ofac/ --format table");
  show_command->callback([show_options, &exit] { show(*show_options, exit); });

  const auto diff_options = std::make_shared<DiffOptions>();
  CLI::App* diff_command =
      lists->add_subcommand("diff", "what was added, removed and changed between two versions of a list");
  diff_command->add_option("OLD", diff_options->old_path, "the earlier file")->required();
  diff_command->add_option("NEW", diff_options->new_path, "the later file")->required();
  add_output(*diff_command, diff_options->output, {"ndjson", "table"});
  diff_command->footer("Example: cordon lists diff un_2025-04-19.xml un_2026-02-27.xml");
  diff_command->callback([diff_options, &exit] { compare(*diff_options, exit); });

  const auto versions_options = std::make_shared<VersionsOptions>();
  CLI::App* versions_command = lists->add_subcommand(
      "versions", "which lists exactly: dataset, publisher's version, SHA-256 and size of every file");
  versions_command->add_option("PATH", versions_options->paths, "list files or folders")->required();
  add_output(*versions_command, versions_options->output, {"ndjson", "table"});
  versions_command->footer("Example: cordon lists versions lists/");
  versions_command->callback([versions_options, &exit] { versions(*versions_options, exit); });

  const auto command = std::make_shared<UpdateCommand>();
  CLI::App* update_command =
      lists->add_subcommand("update", "fetch the official lists over HTTPS, check them, keep every version");
  update_command->add_option("NAME", command->names,
                             "which lists; without a name those that need no request");
  update_command->add_option("--to", command->update.folder, "folder of the lists")->default_val("lists");
  update_command->add_flag("--dry-run", command->update.dry_run, "fetch and check, write nothing");
  update_command->add_flag("--accept-shrink", command->update.accept_shrink,
                           "take a list that lost more than half of its entities: look at it first");
  update_command->add_option("--sources", command->sources, "JSON laid out as data/lists/sources.json");
  update_command->add_option("--base-url", command->base_url,
                             "a mirror: https address under which each list lies as NAME.EXTENSION");
  update_command->add_option("--ca-file", command->update.ca_file,
                             "certificates to trust instead of the system's, PEM");
  update_command->add_option("--timeout", command->update.timeout_s, "seconds for one list")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
  add_output(*update_command, command->output, {"ndjson", "table"});
  update_command->footer("Example: cordon lists update --to lists un_sc us_ofac_sdn");
  update_command->callback([command, &exit] { update(*command, exit); });
}

}  // namespace cordon::cli
