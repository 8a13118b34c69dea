#include "cordon/base/text.hpp"
#include "cordon/network/json_read.hpp"
#include "cordon/network/read_formats.hpp"

namespace cordon::network {

namespace dom = simdjson::dom;

void FtmReader::add(const JsonElement& object, std::uint64_t line) {
  const auto schema = model::parse_schema(json_text(object, "schema"));
  if (!schema) {
    builder_.tally().add("schema not used here", json_text(object, "schema"));
    return;
  }
  model::Entity entity;
  entity.id = json_text(object, "id");
  entity.schema = *schema;
  entity.caption = json_text(object, "caption");
  if (dom::object properties; object["properties"].get(properties) == simdjson::SUCCESS) {
    for (const auto& [key, values] : properties) {
      std::string_view text;
      if (values.get(text) == simdjson::SUCCESS) entity.add(key, text);
      dom::array array;
      if (values.get(array) != simdjson::SUCCESS) continue;
      for (const dom::element& value : array) {
        if (value.get(text) == simdjson::SUCCESS) {
          entity.add(key, text);
        } else if (std::string_view id = json_text(value, "id"); !id.empty()) {
          entity.add(key, id);  // nested entities, as some exports write them
        }
      }
    }
  }
  if (entity.caption.empty()) entity.caption = entity.first("name");
  const std::string_view dataset = json_first(object, "datasets");
  auto file = files_.find(dataset);
  if (file == files_.end())
    file = files_.emplace(std::string(dataset), source_file(name_, "ftm", dataset)).first;
  dom::element source;
  std::string_view record;
  if (object["source"].get(source) == simdjson::SUCCESS) record = json_text(source, "record");
  entity.source = {file->second, std::string(record.empty() ? std::string_view(entity.id) : record), line};
  builder_.add(entity);
}

}  // namespace cordon::network
