#include "versions.hpp"

#include <map>

#include "cordon/base/json.hpp"
#include "cordon/law/law.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::cli {
namespace {

struct EmbeddedList {
  std::string version;
  unsigned entities = 0;
};
// By data set.
std::map<std::string, EmbeddedList> embedded_lists() {
  std::map<std::string, EmbeddedList> lists;
  if (const auto embedded = lists::read_embedded())
    for (const auto& entity : embedded->entities) {
      EmbeddedList& list = lists[std::string(entity.source.dataset())];
      list.version = entity.source.file ? entity.source.file->version : "";
      ++list.entities;
    }
  return lists;
}

void add_law(base::JsonWriter& json) {
  if (const auto book = law::LawBook::embedded()) json.field("law", (*book)->version());
}

}  // namespace

std::string versions_json() {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("cordon", CORDON_VERSION);
  add_law(json);
  json.key("lists");
  json.begin_object();
  for (const auto& [dataset, list] : embedded_lists()) json.field(dataset, list.version);
  json.end_object();
  json.end_object();
  return out;
}

std::string program_json() {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("version", CORDON_VERSION);
  add_law(json);
  json.key("lists");
  json.begin_array();
  for (const auto& [dataset, list] : embedded_lists()) {
    json.begin_object();
    json.field("dataset", dataset);
    json.field("version", list.version);
    json.field("entities", list.entities);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace cordon::cli
