// End to end on real lists and labelled queries that are too large to carry here. Skipped where they are
// absent.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/screen/index.hpp"
#include "cordon/screen/index_reference.hpp"

namespace cordon::screen {
namespace {

const std::string kShared = CORDON_SOURCE_DIR "/../shared/data/";

double cpu_s() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::vector<model::Entity> un_and_ofac() {
  std::vector<model::Entity> all;
  for (const char* name : {"lists/un_consolidated_2026-02-27.xml", "lists/ofac_csv_bench"}) {
    if (!std::filesystem::exists(kShared + name)) return {};
    auto list = lists::read_list(kShared + name);
    if (!list) return {};
    for (model::Entity& entity : list->entities) all.push_back(std::move(entity));
  }
  return all;
}

TEST(SharedScreen, UnPositivesAndNegatives) {
  const double before = cpu_s();
  const auto entities = un_and_ofac();
  if (entities.empty()) GTEST_SKIP() << "no lists here";
  const double read = cpu_s();
  const Index index = Index::build(entities);
  std::printf("read %zu entities %.3f s, index %.3f s CPU, %.1f MB\n", entities.size(), read - before,
              cpu_s() - read, static_cast<double>(index.bytes()) / 1e6);
  const auto positives = base::read_file(kShared + "screening/un_positives.csv");
  if (!positives) GTEST_SKIP() << "no labelled queries here";
  const auto table = base::CsvTable::parse(*positives, "un_positives.csv");
  for (const bool with_birth : {false, true}) {
    std::size_t found = 0, brute = 0;
    for (std::size_t i = 0; i < table->size(); ++i) {
      Query query;
      query.schema = model::Schema::Person;
      query.names = {std::string(table->cell(i, table->column({"treated_name"})))};
      if (with_birth) query.birth_dates = {std::string(table->cell(i, table->column({"date_of_birth"})))};
      const std::string_view truth = table->cell(i, table->column({"true_name"}));
      const auto right = [&](const model::Entity& entity) {
        if (base::iequals(base::squeeze(entity.caption), base::squeeze(truth))) return true;
        for (const auto& p : entity.properties)
          if ((p.name == "name" || p.name == "alias") &&
              base::iequals(base::squeeze(p.value), base::squeeze(truth)))
            return true;
        return false;
      };
      bool hit = false;
      for (const Hit& h : index.search(query, 5)) hit = hit || (h.match && right(index.entity(h.entity)));
      found += hit;
      if (hit) continue;
      for (const model::Entity& entity : entities)
        if (right(entity) && entity.schema == model::Schema::Person && compare_pair(query, entity).match) {
          ++brute;
          std::printf("    not brought up by the index: %s | %s\n", query.names[0].c_str(),
                      entity.caption.c_str());
          break;
        }
      if (!with_birth)
        std::printf("    missed: %s | %s\n", query.names[0].c_str(), std::string(truth).c_str());
    }
    const double recall = static_cast<double>(found) / static_cast<double>(table->size());
    std::printf("UN positives%s: recall %.4f (%zu of %zu), %zu lost by the index\n",
                with_birth ? " with birth date" : "", recall, found, table->size(), brute);
    EXPECT_GE(recall, 0.99);
    EXPECT_LE(brute, 3u);
  }
  for (const char* name : {"negatives_global_10k.csv", "negatives_us_10k.csv"}) {
    const auto text = base::read_file(kShared + "screening/" + name);
    if (!text) continue;
    const auto negatives = base::CsvTable::parse(*text, name);
    for (const bool with_birth : {false, true}) {
      std::size_t alerts = 0;
      std::vector<double> times;
      for (std::size_t i = 0; i < negatives->size(); i += with_birth ? 5 : 1) {
        Query query;
        query.schema = model::Schema::Person;
        query.names = {std::string(negatives->cell(i, negatives->column({"full_name"})))};
        if (with_birth) {
          query.birth_dates = {std::string(negatives->cell(i, negatives->column({"date_of_birth"})))};
          query.gender = negatives->cell(i, negatives->column({"gender"}));
        }
        const double start = cpu_s();
        const auto hits = index.search(query, 5);
        times.push_back(cpu_s() - start);
        if (!hits.empty() && hits[0].match) {
          ++alerts;
          if (!with_birth && alerts <= 12)
            std::printf("    alert %.3f: %s | %s\n", hits[0].score, query.names[0].c_str(),
                        index.entity(hits[0].entity).caption.c_str());
        }
      }
      std::sort(times.begin(), times.end());
      const double share = static_cast<double>(alerts) / static_cast<double>(times.size());
      std::printf("%s%s: false alerts %.2f %% (%zu of %zu); search CPU median %.3f ms, p99 %.3f ms\n", name,
                  with_birth ? " with birth date" : "", share * 100, alerts, times.size(),
                  times[times.size() / 2] * 1e3, times[times.size() * 99 / 100] * 1e3);
      EXPECT_LE(share, 0.002);
    }
  }
}

TEST(SharedScreen, RecallOfTheIndex) {
  const auto entities = un_and_ofac();
  if (entities.empty()) GTEST_SKIP() << "no lists here";
  const Recall recall = measure_recall(entities, 400);
  std::printf("recall of the index against brute force, UN and OFAC: %.4f (%zu of %zu)\n", recall.share(),
              recall.found, recall.matches);
  for (const std::string& lost : recall.lost) std::printf("    not brought up: %s\n", lost.c_str());
  EXPECT_GE(recall.share(), 0.99);
}

// The flat YAML of the entity checks: "- match: true", then query: and candidate: blocks of key: value.
TEST(SharedScreen, EntityChecks) {
  const auto text = base::read_file(kShared + "screening/entity_checks.yml");
  if (!text) GTEST_SKIP() << "no entity checks here";
  std::size_t true_hits = 0, false_hits = 0, good = 0;
  Query sides[2];
  std::map<std::string, std::string> parts[2];
  bool same = false, started = false;
  int side = 0;
  std::string schema;
  const auto settle = [&] {
    if (!started) return;
    for (int k = 0; k < 2; ++k) {
      sides[k].schema = model::parse_schema(schema);
      std::string full = parts[k]["name"];
      if (full.empty())
        for (const char* part : {"firstName", "middleName", "fatherName", "lastName"})
          if (!parts[k][part].empty()) full += (full.empty() ? "" : " ") + parts[k][part];
      sides[k].names = {full};
    }
    const Verdict verdict = compare_pair(sides[0], sides[1]);
    good += same;
    (same ? true_hits : false_hits) += verdict.match;
    if (verdict.match != same)
      std::printf("    %s %.3f %s | %s\n", same ? "missed" : "false", verdict.score,
                  sides[0].names[0].c_str(), sides[1].names[0].c_str());
    for (auto& p : parts) p.clear();
  };
  for (const std::string_view raw : base::split(*text, '\n')) {
    const bool item = raw.starts_with("- ");
    const std::string_view line = base::trim(item ? raw.substr(2) : raw);
    const std::size_t colon = line.find(':');
    if (colon == line.npos || line == "checks:") continue;
    const std::string key(line.substr(0, colon));
    std::string value(base::trim(line.substr(colon + 1)));
    if (value.size() >= 2 && (value.front() == '\'' || value.front() == '"')) {
      value = value.substr(1, value.size() - 2);
      for (std::size_t at; (at = value.find("''")) != value.npos;) value.erase(at, 1);
    }
    if (item) settle(), started = true;
    if (key == "match")
      same = value == "true";
    else if (key == "schema")
      schema = value;
    else if (key == "query")
      side = 0;
    else if (key == "candidate")
      side = 1;
    else
      parts[side][key] = value;
  }
  settle();
  const double f1 = 2.0 * static_cast<double>(true_hits) / static_cast<double>(true_hits + false_hits + good);
  std::printf("entity checks: F1 %.3f, recall %.3f, precision %.3f\n", f1,
              static_cast<double>(true_hits) / static_cast<double>(good),
              static_cast<double>(true_hits) / static_cast<double>(true_hits + false_hits));
  EXPECT_GE(f1, 0.95);
}

}  // namespace
}  // namespace cordon::screen
