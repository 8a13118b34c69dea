// Tables of a scenario, read strictly: what is missing, unknown, of the wrong kind or out of range is one
// line with file, line, what was expected and what was found. The first fault is kept; what is read after it
// has no meaning. Inside the room only: toml++ is a heavy header.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/base/toml.hpp"
#include "cordon/posture/scenario.hpp"

namespace cordon::posture {

// What a parameter must be: its unit and the range that makes sense.
struct Kind {
  std::string_view unit;
  double least, most;
};

class Faults {
 public:
  void add(const toml::node& at, std::string_view path, std::string_view expected, std::string_view found);
  void add(std::string message);
  const std::optional<base::Error>& first() const { return first_; }

 private:
  std::optional<base::Error> first_;
};

// "the text 'x'", "the number 3", "a table".
std::string describe(const toml::node& node);

class Table {
 public:
  Table(const toml::table& table, std::string path, Faults& faults)
      : table_(&table), path_(std::move(path)), faults_(&faults) {}

  void only(std::initializer_list<std::string_view> names) const;  // any other key is a fault
  bool has(std::string_view name) const { return table_->contains(name); }
  std::string text(std::string_view name, bool must, std::size_t most = 400) const;
  double number(std::string_view name, double least, double most, std::optional<double> otherwise = {}) const;
  bool flag(std::string_view name, bool otherwise) const;
  std::vector<std::string> texts(std::string_view name) const;
  Parameter parameter(std::string_view name, const Kind& kind) const;
  Weeks weeks(std::string_view name) const;                    // ["18-21", 40]
  void basis(std::string& words, bool& assumed) const;         // source = or assumed =, one of them
  Table child(std::string_view name, bool must = true) const;  // an empty one where it may be absent
  const toml::table& raw() const { return *table_; }
  const std::string& path() const { return path_; }
  std::string below(std::string_view name) const;
  void fault(std::string_view name, std::string_view expected, std::string_view found) const;
  Faults& faults() const { return *faults_; }

 private:
  const toml::node* get(std::string_view name, bool must, std::string_view expected) const;
  const toml::table* table_;
  std::string path_;
  Faults* faults_;
};

}  // namespace cordon::posture
