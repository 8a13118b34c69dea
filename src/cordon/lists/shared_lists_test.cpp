// The real lists, where they lie beside the source tree: every record is read, and the counts are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "cordon/base/ids.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/lists/prop.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;
using model::Entity;
using model::Schema;

const fs::path kShared = fs::path(CORDON_SOURCE_DIR) / "../shared/data/lists";

#define NEEDS_SHARED(path) \
  if (!fs::exists(path)) GTEST_SKIP() << "no " << (path) << ": the shared lists are not here"

std::size_t count(const ListFile& list, Schema schema) {
  return static_cast<std::size_t>(std::count_if(list.entities.begin(), list.entities.end(),
                                                [&](const Entity& e) { return e.schema == schema; }));
}
std::size_t count(const ListFile& list, std::string_view property, std::string_view value) {
  return static_cast<std::size_t>(std::count_if(list.entities.begin(), list.entities.end(),
                                                [&](const Entity& e) { return e.has(property, value); }));
}
std::size_t with(const ListFile& list, std::string_view property) {
  return static_cast<std::size_t>(std::count_if(list.entities.begin(), list.entities.end(),
                                                [&](const Entity& e) { return !e.first(property).empty(); }));
}
const Entity& find(const ListFile& list, std::string_view id) {
  const auto found =
      std::find_if(list.entities.begin(), list.entities.end(), [&](const Entity& e) { return e.id == id; });
  if (found == list.entities.end()) throw std::runtime_error("no entity " + std::string(id));
  return *found;
}
void expect_sound(const ListFile& list) {
  std::set<std::string> ids;
  for (const Entity& e : list.entities) {
    EXPECT_TRUE(ids.insert(e.id).second) << e.id;
    EXPECT_FALSE(e.caption.empty()) << e.id;
    EXPECT_FALSE(e.source.record.empty()) << e.id;
    EXPECT_TRUE(e.source.file) << e.id;
    for (const model::Property& p : e.properties) EXPECT_FALSE(p.value.empty()) << e.id << " " << p.name;
  }
}

TEST(SharedLists, UnitedNations2026) {
  const fs::path path = kShared / "un_consolidated_2026-02-27.xml";
  NEEDS_SHARED(path);
  const auto list = read_list(path);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->dataset, "un_sc");
  EXPECT_EQ(list->source->version, "2026-02-27T00:00:09.554Z");
  EXPECT_EQ(list->entities.size(), 1003u);
  EXPECT_EQ(count(*list, Schema::Person), 730u);
  std::size_t persons = 0, others = 0, companies = 0;
  for (const Entity& e : list->entities) {
    if (!e.has("regime", "dprk")) continue;
    (e.schema == Schema::Person ? persons : others) += 1;
    for (const std::string_view number : e.all("imoCompany")) {
      ++companies;
      EXPECT_TRUE(base::imo_company_check(*base::parse_imo(number))) << e.id << number;
    }
    EXPECT_TRUE(e.all("imoNumber").empty()) << e.id << ": no ship is in this list";
  }
  EXPECT_EQ(persons, 80u);
  EXPECT_EQ(others, 75u);
  EXPECT_EQ(companies, 16u);
  expect_sound(*list);
  const Entity& paek = find(*list, "un-kpi.006");
  EXPECT_EQ(paek.caption, "PAEK CHANG-HO");
  EXPECT_EQ(paek.all("birthDate"), (std::vector<std::string_view>{"1964-06-18"}));
  EXPECT_EQ(paek.all("passportNumber"), (std::vector<std::string_view>{"381420754"}));
  EXPECT_EQ(paek.first("nationality"), "kp");
  EXPECT_EQ(paek.first("listingDate"), "2013-01-22");
  EXPECT_EQ(paek.source.record, "KPi.006");
  EXPECT_TRUE(find(*list, "un-kpe.001").has("alias", "KOMID"));
  EXPECT_TRUE(find(*list, "un-kpe.002").has("previousName", "LYONGAKSAN GENERAL TRADING CORPORATION"));
  EXPECT_EQ(find(*list, "un-kpe.056").first("imoCompany"), "5571322");
}

TEST(SharedLists, UnitedNations2025AndTheWayToNow) {
  const fs::path path = kShared / "un_consolidated_2025-04-19.xml",
                 later = kShared / "un_consolidated_2026-02-27.xml";
  NEEDS_SHARED(path);
  const auto old = read_list(path), now = read_list(later);
  ASSERT_TRUE(old) << old.error().message;
  ASSERT_TRUE(now) << now.error().message;
  EXPECT_EQ(old->entities.size(), 877u);
  EXPECT_EQ(count(*old, "regime", "dprk"), 155u);
  std::map<ChangeKind, std::size_t> kinds;
  for (const Change& change : diff(*old, *now)) ++kinds[change.kind];
  EXPECT_EQ(kinds[ChangeKind::added] - kinds[ChangeKind::removed], 1003u - 877u);
  EXPECT_GT(kinds[ChangeKind::added], 120u);
  EXPECT_FALSE(suspicious_shrink(*old, *now));
}

TEST(SharedLists, OfacSdnCsv) {
  const fs::path path = kShared / "ofac_csv_bench";
  NEEDS_SHARED(path);
  const auto list = read_list(path);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->dataset, "us_ofac_sdn");
  EXPECT_EQ(list->entities.size(), 8976u);
  EXPECT_EQ(count(*list, Schema::Vessel), 406u);
  EXPECT_EQ(count(*list, Schema::Person), 4620u);
  EXPECT_EQ(count(*list, Schema::Airplane), 277u);
  std::size_t ships = 0;
  std::map<Schema, std::size_t> dprk;
  for (const Entity& e : list->entities) {
    if (e.schema == Schema::Vessel && !e.first("imoNumber").empty()) ++ships;
    for (const std::string_view number : e.all("imoNumber"))
      EXPECT_TRUE(base::imo_ship_check(*base::parse_imo(number))) << e.id;
    if (e.has("regime", "dprk")) ++dprk[e.schema];
  }
  EXPECT_EQ(ships, 400u);  // 399 say "IMO"; uid 17104 gives the bare number
  EXPECT_EQ(dprk[Schema::Vessel], 106u);
  EXPECT_EQ(dprk[Schema::Person], 130u);
  EXPECT_EQ(dprk[Schema::Airplane], 16u);
  EXPECT_EQ(dprk[Schema::Organization] + dprk[Schema::Company], 162u);
  expect_sound(*list);
  // The same list by its main file.
  const auto again = read_list(path / "sdn.csv");
  ASSERT_TRUE(again);
  EXPECT_TRUE(diff(*list, *again).empty());
  const auto part = read_list(path / "alt.csv");
  ASSERT_FALSE(part);
  EXPECT_NE(part.error().message.find("give the main file"), std::string::npos) << part.error().message;
  const Entity& khaleesi = find(*list, "ofac-28264");
  EXPECT_EQ(khaleesi.schema, Schema::Person);
  EXPECT_TRUE(khaleesi.has("weakAlias", "khaleesi"));
  EXPECT_TRUE(khaleesi.has("linkedTo", "LAZARUS GROUP"));
  EXPECT_TRUE(khaleesi.has("riskRegime", "dprk"));
}

TEST(SharedLists, OfacConsolidated) {
  const fs::path path = kShared / "ofac_consolidated_xml_2025-03-28.xml", csv = kShared / "ofac_cons_csv";
  NEEDS_SHARED(path);
  const auto xml = read_list(path);
  ASSERT_TRUE(xml) << xml.error().message;
  EXPECT_EQ(xml->entities.size(), 443u);
  EXPECT_EQ(count(*xml, Schema::Person), 80u);
  EXPECT_EQ(xml->source->dataset, "us_ofac_cons");
  EXPECT_EQ(xml->source->version, "2025-03-28");
  expect_sound(*xml);
  const auto table = read_list(csv);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->entities.size(), 442u);
  EXPECT_EQ(table->source->dataset, "us_ofac_cons");
  EXPECT_EQ(find(*table, "ofac-cons-9639").caption, "Ismail Abdul Salah HANIYA");
  EXPECT_EQ(find(*xml, "ofac-cons-9639").caption, find(*table, "ofac-cons-9639").caption);
}

TEST(SharedLists, Canada) {
  const fs::path path = kShared / "ca_sema-lmes_2025-05.xml";
  NEEDS_SHARED(path);
  const auto list = read_list(path);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->entities.size(), 4759u);
  EXPECT_EQ(count(*list, Schema::Vessel), 109u);
  EXPECT_EQ(with(*list, "imoNumber"), 109u);
  EXPECT_EQ(count(*list, "regime", "dprk"),
            0u);  // Canada lists the DPRK under the United Nations Act regulations
  expect_sound(*list);
}

TEST(SharedLists, EuropeanJournal) {
  const fs::path folder = kShared / "eu_journal";
  NEEDS_SHARED(folder);
  const auto list = read_list(folder / "32017R1509.csv");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->dataset, "eu_2017_1509");
  EXPECT_EQ(list->entities.size(), 326u);
  EXPECT_EQ(count(*list, Schema::Person), 157u);
  EXPECT_EQ(count(*list, Schema::Vessel), 75u);
  EXPECT_EQ(count(*list, "regime", "dprk"), 326u);
  EXPECT_EQ(count(*list, "measure", "Transportation restrictions"), 36u);
  std::set<std::string> ships;
  for (const Entity& e : list->entities) {
    if (e.schema != Schema::Vessel) continue;
    const auto annex = e.first("listedAs");
    for (const std::string_view imo : e.all("imoNumber")) {
      if (annex.starts_with("XIII") || annex.starts_with("XIV")) ships.insert(std::string(imo));
      EXPECT_TRUE(base::imo_ship_check(*base::parse_imo(imo))) << e.id;
    }
  }
  EXPECT_EQ(ships.size(), 58u);
  const fs::path paths[] = {folder};
  const auto all = read_lists(paths);
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(all->files.size(), 45u);
  std::size_t rows = 0;
  for (const ListFile& file : all->files) {
    rows += file.entities.size();
    expect_sound(file);
  }
  EXPECT_EQ(rows, 8017u);
}

TEST(SharedLists, DeniedPersons) {
  const fs::path path = kShared / "bis_dpl.txt";
  NEEDS_SHARED(path);
  const auto list = read_list(path);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->entities.size(), 581u);
  EXPECT_EQ(list->entities.front().first("listingDate"), "2003-06-19");
  expect_sound(*list);
}

TEST(SharedLists, AllTogether) {
  NEEDS_SHARED(kShared);
  const fs::path paths[] = {kShared};
  const auto set = read_lists(paths);
  ASSERT_TRUE(set) << set.error().message;
  std::set<std::string> ids;
  for (const ListFile& list : set->files) {
    for (const Entity& e : list.entities) EXPECT_TRUE(ids.insert(e.id).second) << e.id;
  }
  // The older UN list gives way to the newer one; SOURCES.md is no list.
  EXPECT_EQ(set->skipped.rows().at("older version of a list that is there too").count, 1u);
  EXPECT_EQ(set->skipped.rows().at("not a list").count, 1u);
}

}  // namespace
}  // namespace cordon::lists
