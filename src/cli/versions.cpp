#include "versions.hpp"

#include <map>

#include "cordon/base/json.hpp"
#include "cordon/law/law.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::cli {

std::string versions_json() {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("cordon", CORDON_VERSION);
  if (const auto book = law::LawBook::embedded()) json.field("law", (*book)->version());
  std::map<std::string, std::string> lists;
  if (const auto embedded = lists::read_embedded())
    for (const auto& entity : embedded->entities)
      lists[std::string(entity.source.dataset())] = entity.source.file ? entity.source.file->version : "";
  json.key("lists");
  json.begin_object();
  for (const auto& [dataset, version] : lists) json.field(dataset, version);
  json.end_object();
  json.end_object();
  return out;
}

}  // namespace cordon::cli
