#include "cordon/screen/answer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"

namespace cordon::screen {
namespace {

std::vector<Hit> ask(const Index& index, const Query& query, const AnswerForm& form) {
  std::vector<Hit> hits = index.search(query, form.limit, form.cutoff);
  for (Hit& hit : hits) hit.match = hit.score >= form.threshold;
  return hits;
}

bool any_match(const std::vector<Hit>& hits) {
  return std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.match; });
}

// What the list itself says applies; the law room's verdict is another step.
std::vector<std::string_view> measures(const model::Entity& entity) {
  std::vector<std::string_view> all = entity.all("measure");
  for (const std::string_view program : entity.all("program")) all.push_back(program);
  return all;
}

// Without its last field, the source, and without the closing brace.
void append_hit(std::string& out, const Hit& hit, const model::Entity& entity) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("entity_id", entity.id);
  json.field("caption", entity.caption);
  json.field("schema", model::to_string(entity.schema));
  json.key("datasets");
  json.begin_array();
  json.value(entity.source.dataset());
  json.end_array();
  json.fixed_field("score", hit.score, 4);
  json.field("match", hit.match);
  json.key("reasons");
  json.begin_array();
  for (const std::string& reason : hit.reasons) json.value(reason);
  json.end_array();
  json.key("measures");
  json.begin_array();
  for (const std::string_view measure : measures(entity)) json.value(measure);
  json.end_array();
}

void append_source(std::string& out, const model::Entity& entity) {
  out += R"(,"source":)";
  base::append_json_string(out, model::describe(entity.source));
  out += '}';
}

void close(std::string& out, const AnswerForm& form) {
  if (!form.lists.empty()) out.append(R"(,"lists":)").append(form.lists);
  out += "}\n";
}

std::string joined(const std::vector<std::string>& reasons) {
  std::string out;
  for (const std::string& reason : reasons) out += (out.empty() ? "" : " ") + reason;
  return out;
}

void append_csv_row(std::string& out, std::string_view id, const Hit& hit, const model::Entity& entity) {
  const std::string score = fmt::format("{:.4f}", hit.score), reasons = joined(hit.reasons);
  const std::string_view cells[] = {
      id, entity.id, entity.caption, entity.source.dataset(), score, hit.match ? "true" : "false", reasons};
  for (std::size_t i = 0; i < std::size(cells); ++i) {
    if (i > 0) out += ',';
    base::append_csv(out, cells[i]);
  }
  out += '\n';
}

}  // namespace

std::string answer_head(const Query& query) {
  std::string out = R"({"id":)";
  base::append_json_string(out, query.id);
  return out + ',';
}

Answer answer(const Index& index, const Query& query, const AnswerForm& form) {
  const std::vector<Hit> hits = ask(index, query, form);
  Answer out{{}, any_match(hits)};
  if (form.format == "ndjson") out.text = answer_head(query) + R"("hits":[)";
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const Hit& hit = hits[i];
    const model::Entity entity = index.entity(hit.entity);
    if (form.format == "csv") {
      append_csv_row(out.text, query.id, hit, entity);
    } else if (form.format == "table") {
      out.text += fmt::format("{:<12} {:.3f} {:<5} {:<16} {}\n", query.id, hit.score,
                              hit.match ? "match" : "", entity.id, entity.caption);
      for (const std::string& reason : hit.reasons) out.text += fmt::format("{:<26}{}\n", "", reason);
    } else {
      if (i > 0) out.text += ',';
      append_hit(out.text, hit, entity);
      append_source(out.text, entity);
    }
  }
  if (form.format == "table" && hits.empty())
    out.text += fmt::format("{:<12} no hit on these lists\n", query.id);
  if (form.format == "ndjson") {
    out.text += ']';
    close(out.text, form);
  }
  return out;
}

Answer difference(const Index& before, const Index& now, const Query& query, const AnswerForm& form) {
  struct Told {
    model::Entity entity;
    std::string text;
  };
  std::vector<Told> old;
  for (const Hit& hit : ask(before, query, form)) {
    old.push_back({before.entity(hit.entity), {}});
    append_hit(old.back().text, hit, old.back().entity);
  }
  Answer out;
  std::string hits, gone;
  for (const Hit& hit : ask(now, query, form)) {
    const model::Entity entity = now.entity(hit.entity);
    std::string text;
    append_hit(text, hit, entity);
    const auto same =
        std::find_if(old.begin(), old.end(), [&](const Told& told) { return told.entity.id == entity.id; });
    const bool known = same != old.end() && same->text == text;
    if (same != old.end()) old.erase(same);
    if (known) continue;
    out.match = out.match || hit.match;
    hits += hits.empty() ? "" : ",";
    hits += text;
    append_source(hits, entity);
  }
  for (const Told& told : old) {
    gone += gone.empty() ? R"({"entity_id":)" : R"(,{"entity_id":)";
    base::append_json_string(gone, told.entity.id);
    gone += R"(,"caption":)";
    base::append_json_string(gone, told.entity.caption);
    gone += '}';
  }
  if (hits.empty() && gone.empty()) return out;
  out.text = answer_head(query) + R"("hits":[)" + hits + R"(],"gone":[)" + gone + ']';
  close(out.text, form);
  return out;
}

}  // namespace cordon::screen
