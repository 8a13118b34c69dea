#include "cordon/lists/mapped_csv.hpp"

#include <filesystem>
#include <fstream>

#include "cordon/lists/lists.hpp"
#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kCsv =
    "Ref;Ship name;IMO;Flag;Built;Other names\nA 1;PETREL 8;9562233;Comoros;2010;PETREL,8\nA 2;NO "
    "KIND;1;;;\n";
constexpr const char* kMap =
    "# ours\ndataset = \"acme watch\"\nversion = \"2026-11-01\"\nschema = \"Vessel\"\nid = Ref\nname = Ship "
    "name\n"
    "imoNumber = IMO\nflag = Flag\nbuildDate = Built\nalias = Other names\nprogram = \"DPRK\"\n";

TEST(MappedCsv, ReadsByItsMapping) {
  const auto list = read_mapped_csv(Input::memory(kCsv, "acme.csv"), kMap, "acme.csv.map");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->dataset, "acme watch");
  EXPECT_EQ(list->source->version, "2026-11-01");
  const auto& ship = entity_of(*list, "acme-watch-a-1");
  EXPECT_EQ(ship.schema, model::Schema::Vessel);
  EXPECT_EQ(ship.caption, "PETREL 8");
  EXPECT_EQ(ship.first("imoNumber"), "9562233");
  EXPECT_EQ(ship.first("flag"), "km");
  EXPECT_EQ(ship.first("buildDate"), "2010");
  EXPECT_EQ(ship.first("regime"), "dprk");
  EXPECT_EQ(list->rejects.rows().at("IMO number kept as text").count, 1u);
}

TEST(MappedCsv, NamesTheLineThatIsWrong) {
  const auto wrong =
      read_mapped_csv(Input::memory(kCsv, "acme.csv"), "name = Ship name\nflag = Colour\n", "acme.csv.map");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("acme.csv.map: line 2: "), std::string::npos) << wrong.error().message;
  const auto nameless = read_mapped_csv(Input::memory(kCsv, "acme.csv"), "id = Ref\n", "acme.csv.map");
  ASSERT_FALSE(nameless);
  EXPECT_NE(nameless.error().message.find("name = COLUMN"), std::string::npos) << nameless.error().message;
}

TEST(MappedCsv, IsFoundBesideTheFile) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "cordon_mapped_test";
  fs::create_directories(folder);
  std::ofstream(folder / "acme.csv") << kCsv;
  std::ofstream(folder / "acme.csv.map") << kMap;
  const fs::path paths[] = {folder};
  const auto set = read_lists(paths);
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->files.size(), 1u);
  EXPECT_EQ(set->files[0].entities.size(), 2u);
  EXPECT_TRUE(set->skipped.empty()) << set->skipped.summary();
  fs::remove_all(folder);
}

}  // namespace
}  // namespace cordon::lists
