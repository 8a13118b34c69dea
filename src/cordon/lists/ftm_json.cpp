#include "cordon/lists/ftm_json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

namespace dom = simdjson::dom;

std::string_view text_of(const dom::element& element) {
  std::string_view text;
  return element.get(text) == simdjson::SUCCESS ? text : std::string_view{};
}
std::string_view text_at(const dom::object& object, std::string_view key) {
  dom::element value;
  return object.at_key(key).get(value) == simdjson::SUCCESS ? text_of(value) : std::string_view{};
}

// f(property, text) for every value of "properties"; one value need not be in an array.
template <class F>
void for_values(const dom::object& object, F&& f) {
  dom::object properties;
  if (object.at_key("properties").get(properties) != simdjson::SUCCESS) return;
  for (const auto [key, value] : properties) {
    dom::array values;
    if (value.get(values) == simdjson::SUCCESS) {
      for (const dom::element one : values) f(key, text_of(one));
    } else {
      f(key, text_of(value));
    }
  }
}

class FtmReader {
 public:
  explicit FtmReader(Collector& collector) : collector_(collector) {}

  void read(std::string_view line, std::uint64_t number) {
    if (base::trim(line).empty()) return;
    padded_.assign(line);
    padded_.append(simdjson::SIMDJSON_PADDING, ' ');
    dom::object object;
    const auto error = parser_.parse(padded_.data(), line.size(), false).get(object);
    if (error != simdjson::SUCCESS) {
      return collector_.reject("line that is no JSON object",
                               fmt::format("line {}: {}", number, simdjson::error_message(error)));
    }
    const std::string_view id = text_at(object, "id"), schema_name = text_at(object, "schema");
    const auto schema = model::parse_schema(schema_name);
    if (id.empty() || schema_name.empty()) {
      return collector_.reject("object without id or schema", fmt::format("line {}", number));
    }
    if (schema && (model::is_party(*schema) || model::is_edge(*schema))) {
      read_entity(object, id, *schema, number);
    } else if (schema == model::Schema::Sanction || schema == model::Schema::Identification ||
               schema == model::Schema::Passport) {
      keep_detail(object, *schema);
    } else {
      collector_.reject("schema that names no party",
                        fmt::format("line {}: {}", number, schema_name.substr(0, 40)));
    }
  }

  // What the details say goes to the parties they name, wherever in the file these stood.
  void fold_details(ListFile& list) const {
    std::unordered_map<std::string_view, model::Entity*> by_id;
    for (model::Entity& entity : list.entities) by_id.emplace(entity.id, &entity);
    for (const Detail& detail : details_) {
      const auto found = by_id.find(detail.holder);
      if (found == by_id.end()) {
        list.rejects.add("sanction or document of an entity that is not in the file", detail.holder);
        continue;
      }
      for (const auto& [property, value] : detail.values) found->second->add(property, value);
    }
  }

 private:
  struct Detail {
    std::string holder;
    std::vector<std::pair<std::string_view, std::string>> values;
  };

  void read_entity(const dom::object& object, std::string_view id, model::Schema schema,
                   std::uint64_t number) {
    Record record(collector_, schema, std::string(id), number);
    record.entity().caption = base::squeeze(text_at(object, "caption"));
    set_source(record, object);
    for_values(object, [&](std::string_view key, std::string_view value) {
      constexpr std::size_t kLongestName = 64;  // property names are kept for ever: only sensible ones
      if (key.size() > kLongestName)
        return collector_.reject("property name too long", fmt::format("line {}", number));
      if (key == "imoNumber") return record.add_imo(value);
      record.add(property(key), value);
      if ((key == "programId" || key == "program") && is_dprk_programme(value))
        record.add(prop::regime, "dprk");
    });
    record.finish(id);
  }

  void set_source(Record& record, const dom::object& object) {
    std::string dataset;
    dom::array datasets;
    if (object.at_key("datasets").get(datasets) == simdjson::SUCCESS && datasets.size() > 0) {
      dataset = std::string(text_of(datasets.at(0)));
    }
    dom::object source;
    std::string file = collector_.source()->file, version;
    if (object.at_key("source").get(source) == simdjson::SUCCESS) {
      if (const auto given = text_at(source, "file"); !given.empty()) file = std::string(given);
      version = std::string(text_at(source, "version"));
      if (const auto given = text_at(source, "record"); !given.empty())
        record.entity().source.record = std::string(given);
    }
    if (dataset.empty()) return;
    auto& known = sources_[{dataset, file, version}];
    if (!known) {
      model::SourceFile made = *collector_.source();
      made.dataset = dataset;
      made.file = file;
      made.version = version;
      known = std::make_shared<const model::SourceFile>(std::move(made));
    }
    record.entity().source.file = known;
  }

  void keep_detail(const dom::object& object, model::Schema schema) {
    Detail detail;
    for_values(object, [&](std::string_view key, std::string_view value) {
      const auto put = [&](std::string_view name) { detail.values.emplace_back(name, base::squeeze(value)); };
      if (key == "entity" || key == "holder") {
        detail.holder = std::string(value);
      } else if (schema == model::Schema::Sanction) {
        if (key == "program") put(prop::program);
        if (key == "programId") put(prop::programId);
        if (key == "startDate" || key == "listingDate") put(prop::listingDate);
        if (key == "endDate") put(prop::listingEnd);
        if (key == "provisions") put(prop::measure);
        if (key == "reason") put(prop::reason);
        if (key == "authorityId" || key == "unscId") put(prop::referenceNumber);
        if ((key == "program" || key == "programId") && is_dprk_programme(value))
          detail.values.emplace_back(prop::regime, "dprk");
      } else if (key == "number" || key == "passportNumber") {
        put(schema == model::Schema::Passport ? prop::passportNumber : prop::idNumber);
      }
    });
    if (!detail.holder.empty() && !detail.values.empty()) details_.push_back(std::move(detail));
  }

  // A hostile file could bring endless names: each is remembered for the life of the program.
  std::string_view property(std::string_view key) {
    if (const auto known = properties_.find(std::string(key)); known != properties_.end())
      return known->second;
    constexpr std::size_t kMostNames = 1000;
    if (properties_.size() >= kMostNames) return prop::notes;
    return properties_.emplace(std::string(key), model::intern(key)).first->second;
  }

  Collector& collector_;
  dom::parser parser_;
  std::string padded_;
  std::vector<Detail> details_;
  std::unordered_map<std::string, std::string_view> properties_;
  std::map<std::tuple<std::string, std::string, std::string>, std::shared_ptr<const model::SourceFile>>
      sources_;
};

}  // namespace

bool sniff_ftm_json(std::string_view head) {
  const std::string_view line = base::trim(head.substr(0, head.find('\n')));
  return line.starts_with('{') && line.find("\"schema\"") != std::string_view::npos &&
         line.find("\"id\"") != std::string_view::npos &&
         line.find("\"properties\"") != std::string_view::npos;
}

base::Result<ListFile> read_ftm_json(const Input& input) {
  Collector collector({"opensanctions", input.path().string(), "", "ftm-json"});
  FtmReader reader(collector);
  base::Tally rejects;
  const auto done =
      input.lines(rejects, [&](std::string_view line, std::uint64_t number) { reader.read(line, number); });
  if (!done) return tl::unexpected(done.error());
  collector.rejects().merge(rejects);
  ListFile list = std::move(collector).take();
  reader.fold_details(list);
  return list;
}

}  // namespace cordon::lists
