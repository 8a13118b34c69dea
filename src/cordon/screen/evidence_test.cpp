// A score that is asked for only from some least on: exact from there, and less than it wherever the exact
// one is less.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "cordon/lists/lists.hpp"
#include "cordon/names/compare.hpp"
#include "cordon/screen/evidence.hpp"
#include "cordon/screen/index.hpp"
#include "cordon/screen/subject.hpp"
#include "cordon/screen/test_entities.hpp"

namespace cordon::screen {
namespace {

constexpr std::array kLeasts = {0.2, 0.4, 0.5, 0.62, 0.7, 0.9, 0.97};

// Whether `bounded` says of `exact` what it must where `least` was asked.
bool says(double bounded, double exact, double least) {
  return exact >= least ? bounded == exact : bounded < least;
}

// Counts pairs whose names are alike at all.
void expect_bounds(const Subject& a, const Subject& b, std::size_t& alike) {
  const double exact = score(a, b);
  alike += exact > 0.3;
  const auto check = [&](double least) {
    EXPECT_TRUE(says(score(a, b, least), exact, least))
        << a.names[0].name.text() << " | " << b.names[0].name.text() << ": exact " << exact << ", from "
        << least << " on " << score(a, b, least);
  };
  for (const double least : kLeasts) check(least);
  check(exact), check(std::nextafter(exact, 0.0)), check(std::nextafter(exact, 1.0));
  for (const SubjectName& x : a.names)
    for (const SubjectName& y : b.names) {
      const double name = names::score(x.name, y.name);
      for (const double least : {0.3, 0.5, 0.7, name, std::nextafter(name, 1.0)})
        EXPECT_TRUE(says(names::score(x.name, y.name, least), name, least))
            << x.name.text() << " | " << y.name.text() << ": exact " << name << ", from " << least << " on "
            << names::score(x.name, y.name, least);
    }
}

TEST(LeastScore, OfPartiesMadeUp) {
  MadeUp made(4711);
  std::vector<Subject> subjects, retyped;
  for (const model::Entity& entity : made.entities(250)) {
    subjects.push_back(subject_of(entity));
    Query query = query_of(entity);
    query.names = {made.retyped(entity.caption)};
    if (made() % 2) query.schema.reset(), query.birth_dates.clear();
    retyped.push_back(subject_of(query));
  }
  std::size_t alike = 0;
  for (std::size_t i = 0; i < retyped.size() && !HasFailure(); ++i) {
    expect_bounds(retyped[i], subjects[i], alike);
    for (std::size_t k = 0; k < 60; ++k) expect_bounds(retyped[i], subjects[made() % subjects.size()], alike);
  }
  EXPECT_GT(alike, 250u);
}

TEST(LeastScore, OfListedParties) {
  const std::string lists = CORDON_SOURCE_DIR "/../shared/data/lists/";
  std::vector<model::Entity> entities;
  for (const char* name : {"un_consolidated_2026-02-27.xml", "ofac_csv_bench"}) {
    if (!std::filesystem::exists(lists + name)) GTEST_SKIP() << "no lists here";
    auto list = lists::read_list(lists + name);
    ASSERT_TRUE(list);
    for (std::size_t i = 0; i < list->entities.size(); i += 3)
      entities.push_back(std::move(list->entities[i]));
  }
  // Each against those that are most like it.
  const Index index = Index::build(entities);
  std::size_t alike = 0;
  for (std::size_t i = 0; i < entities.size() && !HasFailure(); i += 10) {
    const Query query = query_of(entities[i]);
    if (!model::is_party(entities[i].schema)) continue;
    for (const Hit& hit : index.search(query, 12, 0.0))
      expect_bounds(subject_of(query), subject_of(entities[hit.entity]), alike);
  }
  EXPECT_GT(alike, 500u);
}

}  // namespace
}  // namespace cordon::screen
