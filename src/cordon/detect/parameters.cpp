#include "cordon/detect/parameters.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "cordon/base/resource.hpp"
#include "cordon/base/toml.hpp"

namespace cordon::detect {
namespace {

struct Named {
  std::string_view group, name;
  double Parameters::*member;
};

constexpr Named kNamed[] = {
#define CORDON_PARAMETER(group, name) {#group, #name, &Parameters::group##_##name},
#include "cordon/detect/parameters.def"
#undef CORDON_PARAMETER
};

const Named* find(std::string_view group, std::string_view name) {
  for (const Named& one : kNamed)
    if (one.group == group && one.name == name) return &one;
  return nullptr;
}

base::Result<void> read_order(const toml::table& table, std::string_view file, Parameters& out) {
  const auto word = table["value"].value<std::string>();
  if (word == "automatic")
    out.order = Order::automatic;
  else if (word == "time")
    out.order = Order::time;
  else if (word == "day")
    out.order = Order::day;
  else
    return base::fail("{}: order.policy: expected automatic, time or day, found '{}'", file,
                      word.value_or(""));
  return {};
}

base::Result<void> read_countries(const toml::table& table, std::string_view file, Parameters& out) {
  const toml::array* list = table["value"].as_array();
  if (!list) return base::fail("{}: port_call.countries: expected a list of country codes", file);
  out.watched_countries.clear();
  for (const auto& item : *list) {
    const auto code = item.value<std::string>();
    if (!code || (code->size() != 2 && *code != "*"))
      return base::fail("{}: port_call.countries: expected two letters or \"*\"", file);
    out.watched_countries.push_back(*code);
  }
  return {};
}

base::Result<void> apply(const toml::table& root, std::string_view file, Parameters& out) {
  for (const auto& [group, node] : root) {
    const toml::table* rows = node.as_table();
    if (!rows)
      return base::fail("{}: expected a table [{}.name], found a value", file, std::string(group.str()));
    for (const auto& [key, item] : *rows) {
      const std::string full = std::string(group.str()) + "." + std::string(key.str());
      const toml::table* table = item.as_table();
      if (!table) return base::fail("{}: {}: expected a table with 'value'", file, full);
      if (full == "order.policy" || full == "port_call.countries") {
        const auto done =
            full == "order.policy" ? read_order(*table, file, out) : read_countries(*table, file, out);
        if (!done) return done;
        continue;
      }
      const Named* named = find(group.str(), key.str());
      if (!named) return base::fail("{}: {}: no such parameter", file, full);
      const auto value = (*table)["value"].value<double>();
      if (!value) return base::fail("{}: {}: expected value = a number", file, full);
      // Every quantity is a time, a distance, a speed, a share or a count: none is negative or unbounded.
      if (!(*value >= 0 && *value <= 1e9))
        return base::fail("{}: {}: {} is out of range 0..1e9", file, full, *value);
      out.*(named->member) = *value;
    }
  }
  return {};
}

const toml::table& embedded() {
  static const toml::table table = [] {
    const auto text = base::resource("detect/parameters.toml");
    auto parsed = text ? base::parse_toml(*text, "detect/parameters.toml")
                       : base::fail("detect/parameters.toml is missing");
    if (!parsed) {
      std::fprintf(stderr, "cordon: %s\n", parsed.error().message.c_str());
      std::abort();
    }
    return *std::move(parsed);
  }();
  return table;
}

}  // namespace

const Parameters& default_parameters() {
  static const Parameters defaults = [] {
    Parameters out;
    if (const auto done = apply(embedded(), "detect/parameters.toml", out); !done) {
      std::fprintf(stderr, "cordon: %s\n", done.error().message.c_str());
      std::abort();
    }
    return out;
  }();
  return defaults;
}

base::Result<Parameters> load_parameters(std::string_view text, std::string_view name) {
  auto table = base::parse_toml(text, name);
  if (!table) return tl::unexpected(table.error());
  Parameters out = default_parameters();
  if (auto done = apply(*table, name, out); !done) return tl::unexpected(done.error());
  return out;
}

std::vector<ParameterRow> describe_parameters() {
  std::vector<ParameterRow> out;
  for (const Named& one : kNamed) {
    const auto row = embedded()[one.group][one.name];
    out.push_back({std::string(one.group) + "." + std::string(one.name), default_parameters().*(one.member),
                   row["unit"].value_or(std::string{}), row["source"].value_or(std::string{})});
  }
  return out;
}

}  // namespace cordon::detect
