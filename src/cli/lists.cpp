// cordon lists show PATH... | cordon lists diff OLD NEW
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/lists/lists.hpp"
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

}  // namespace

void add_lists(CLI::App& app, Exit& exit) {
  CLI::App* lists = app.add_subcommand("lists", "show and compare sanctions lists");
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
}

}  // namespace cordon::cli
