#include "cordon/screen/index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "cordon/lists/lists.hpp"
#include "cordon/screen/index_reference.hpp"
#include "cordon/screen/test_entities.hpp"

namespace cordon::screen {
namespace {

using model::Entity;
using model::Schema;

Entity made(std::string id, Schema schema,
            std::initializer_list<std::pair<const char*, const char*>> properties) {
  Entity entity;
  entity.id = std::move(id);
  entity.schema = schema;
  for (const auto& [name, value] : properties) {
    if (std::string_view(name) == "name" && entity.caption.empty()) entity.caption = value;
    entity.add(model::intern(name), value);
  }
  return entity;
}

std::vector<Entity> list() {
  return {
      made("p1", Schema::Person,
           {{"name", "KIM JONG UN"}, {"birthDate", "1984-01-08"}, {"nationality", "kp"}, {"gender", "male"}}),
      made("p2", Schema::Person, {{"name", "KIM JONG IL"}}),
      made("v1", Schema::Vessel,
           {{"name", "JI SONG 6"},
            {"imoNumber", "8898740"},
            {"callSign", "HMYZ3"},
            {"previousName", "HYOK SIN 2"}}),
      made("v2", Schema::Vessel, {{"name", "JI SONG 8"}, {"imoNumber", "8503228"}}),
      made("c1", Schema::Company,
           {{"name", "OCEAN MARITIME MANAGEMENT COMPANY LIMITED"}, {"imoCompany", "1790183"}}),
      made("c2", Schema::Company,
           {{"name", "KOREA MINING DEVELOPMENT TRADING CORPORATION"}, {"alias", "KOMID"}}),
      made("a1", Schema::Address, {{"name", "Pyongyang"}}),
      made("p3", Schema::Person,
           {{"name", "RI WON HO"}, {"passportNumber", "381310014"}, {"weakAlias", "Won"}})};
}

Query ask(const char* name, std::optional<Schema> schema = {}) {
  Query query;
  if (*name) query.names = {name};
  query.schema = schema;
  return query;
}

bool says(const Hit& hit, std::string_view sentence) {
  return std::find(hit.reasons.begin(), hit.reasons.end(), sentence) != hit.reasons.end();
}

TEST(Index, FindsByNameInAnyScript) {
  const auto entities = list();
  const Index index = Index::build(entities);
  EXPECT_EQ(index.size(), 7u);  // the address is left out
  for (const char* name :
       {"김정은", "金正恩", "Ким Чен Ын", "キム・ジョンウン", "Jong Un Kim", "Jin Zheng'en", "KIM JONG UN"}) {
    const auto hits = index.search(ask(name));
    ASSERT_FALSE(hits.empty()) << name;
    EXPECT_EQ(index.entity(hits[0].entity).id, "p1") << name;
    EXPECT_TRUE(hits[0].match) << name;
    for (std::size_t i = 1; i < hits.size(); ++i) EXPECT_FALSE(hits[i].match) << name;
  }
  EXPECT_EQ(index.entity(index.search(ask("조선광업개발무역회사", Schema::Company))[0].entity).id, "c2");
  EXPECT_TRUE(index.search(ask("Hannah Arendt")).empty());
  EXPECT_TRUE(index.search(ask("")).empty());
}

TEST(Index, ExactNumbers) {
  const auto entities = list();
  const Index index = Index::build(entities);
  Query query;
  query.imo = "IMO 8898740";
  auto hits = index.search(query);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(index.entity(hits[0].entity).id, "v1");
  EXPECT_TRUE(hits[0].match);
  EXPECT_TRUE(says(hits[0], "IMO number 8898740 is identical."));

  query.names = {"GREEN STAR"};  // renamed: the hull is the same
  hits = index.search(query);
  EXPECT_TRUE(hits[0].match);
  EXPECT_TRUE(says(hits[0], "The names differ: GREEN STAR against JI SONG 6."));

  Query company;
  company.imo_company = "1790183";
  EXPECT_EQ(index.entity(index.search(company)[0].entity).id, "c1");
  Query ship;  // the same digits as a ship's number are another number
  ship.imo = "1790183";
  EXPECT_TRUE(index.search(ship).empty());

  Query passport;
  passport.passport = "381-310014";
  EXPECT_EQ(index.entity(index.search(passport)[0].entity).id, "p3");
}

TEST(Index, ShipsOfASeriesAreToldApart) {
  const auto entities = list();
  const Index index = Index::build(entities);
  auto hits = index.search(ask("M/V JISONG NO.8", Schema::Vessel));
  EXPECT_EQ(index.entity(hits[0].entity).id, "v2");
  for (const Hit& hit : hits) EXPECT_EQ(hit.match, index.entity(hit.entity).id == "v2");
  hits = index.search(ask("혁신 2", Schema::Vessel));
  EXPECT_EQ(index.entity(hits[0].entity).id, "v1");
  EXPECT_TRUE(says(hits[0], "HYOK SIN 2 is a previous name."));
}

TEST(Evidence, MissingFieldsNeverLowerAndContradictionsDo) {
  const auto entities = list();
  const double alone = compare_pair(ask("KIM JONG UN", Schema::Person), entities[0]).score;
  Query query = ask("KIM JONG UN", Schema::Person);
  query.birth_dates = {"8 Jan 1984"};
  EXPECT_GT(compare_pair(query, entities[0]).score, alone);
  EXPECT_EQ(compare_pair(query, entities[1]).score,
            compare_pair(ask("KIM JONG UN", Schema::Person), entities[1]).score);
  query.birth_dates = {"1951"};
  const Verdict other = compare_pair(query, entities[0]);
  EXPECT_LT(other.score, alone);
  EXPECT_NE(std::find(other.reasons.begin(), other.reasons.end(),
                      "Date of birth differs: 1951 against 1984-01-08."),
            other.reasons.end());
  query.birth_dates.clear();
  query.gender = "female";
  EXPECT_LT(compare_pair(query, entities[0]).score, alone);
}

TEST(Evidence, ScoresDoNotSaturate) {
  const auto entities = list();
  Query query = ask("KIM JONG UN", Schema::Person);
  const double name = compare_pair(query, entities[0]).score;
  query.countries = {"DPRK"};
  const double country = compare_pair(query, entities[0]).score;
  query.birth_dates = {"1984-01-08"};
  const double birth = compare_pair(query, entities[0]).score;
  EXPECT_LT(compare_pair(ask("Kim Jeong-eun", Schema::Person), entities[0]).score, name);
  EXPECT_LT(name, country);
  EXPECT_LT(country, birth);
  EXPECT_LT(birth, 1.0);
}

TEST(Evidence, ImoNumbers) {
  const auto entities = list();
  Query query = ask("JI SONG 6", Schema::Vessel);
  query.imo = "9187629";
  const Verdict other = compare_pair(query, entities[2]);
  EXPECT_FALSE(other.match);
  query.imo = "8898704";  // two digits swapped
  const Verdict slip = compare_pair(query, entities[2]);
  EXPECT_TRUE(slip.match);
  EXPECT_NE(std::find(slip.reasons.begin(), slip.reasons.end(),
                      "IMO numbers 8898704 and 8898740 differ by one slip of the hand."),
            slip.reasons.end());
  EXPECT_FALSE(compare_pair(ask("JI SONG 6", Schema::Person), entities[2]).match);
}

void expect_recall(const std::vector<Entity>& entities, std::size_t asked) {
  const Recall recall = measure_recall(entities, asked);
  std::printf("recall of the index against brute force: %.4f (%zu of %zu)\n", recall.share(), recall.found,
              recall.matches);
  for (const std::string& lost : recall.lost) std::printf("    not brought up: %s\n", lost.c_str());
  EXPECT_GE(recall.share(), 0.995);
  EXPECT_GT(recall.matches, asked / 3);
}

TEST(Recall, ShippedDesignations) {
  auto list = lists::read_embedded();
  ASSERT_TRUE(list);
  expect_recall(list->entities, 800);
}

TEST(Recall, MadeUpEntities) {
  expect_recall(MadeUp(50).entities(4000), 300);
}

}  // namespace
}  // namespace cordon::screen
