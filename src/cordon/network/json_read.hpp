// Small safe look-ups in parsed JSON, and the readers of single objects. Inside the room only; the one header
// that shows simdjson.
#pragma once
#include <simdjson.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

using JsonElement = simdjson::dom::element;

inline std::string_view json_text(const JsonElement& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? text : std::string_view{};
}
// A string, or the first string of an array.
std::string_view json_first(const JsonElement& object, std::string_view key);
bool json_flag(const JsonElement& object, std::string_view key);
base::Date json_date(const JsonElement& object, std::string_view key);
bool json_has(const JsonElement& object, std::string_view key);

// One object after the other; finish() where objects refer to each other.
class FtmReader {
 public:
  FtmReader(Graph::Builder& builder, std::string_view name) : builder_(builder), name_(name) {}
  void add(const JsonElement& object, std::uint64_t line);

 private:
  Graph::Builder& builder_;
  std::string name_;
  std::map<std::string, std::shared_ptr<const model::SourceFile>, std::less<>> files_;  // by data set
};

class BodsReader {
 public:
  BodsReader(Graph::Builder& builder, std::string_view name);
  void add(const JsonElement& statement, std::uint64_t number);
  void finish();

 private:
  struct Statement {
    std::string statement, record;
    std::string date;
    bool closed = false;
    std::vector<model::Relation> relations;
    std::vector<std::string> components;
    bool node = false;
    std::string caption, country;
    model::Schema schema = model::Schema::Thing;
  };
  void read_relation(const JsonElement& details, Statement& statement, std::uint64_t number);
  void read_party(const JsonElement& details, std::string_view type, Statement& statement);

  Graph::Builder& builder_;
  std::shared_ptr<const model::SourceFile> file_;
  std::vector<Statement> statements_;
  std::vector<std::string> replaced_;
};

void read_network_document(Graph::Builder& builder, const JsonElement& document, std::string_view name);

}  // namespace cordon::network
