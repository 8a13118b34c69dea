#include "cordon/posture/scenario.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cordon::posture {
namespace {

std::string error_of(const std::string& text, const std::filesystem::path& folder = {}) {
  const auto result = read_scenario(text, "x.toml", folder);
  return result ? "" : result.error().message;
}

const std::string kHead = "format = \"cordon-posture/1\"\nname = \"x\"\nextends = \"canada_alone\"\n";

TEST(Scenario, BuiltInsReadAndSayWhereEachNumberComesFrom) {
  for (const auto& name : built_in_names()) {
    const auto one = built_in(name);
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_EQ(one->id, name);
    EXPECT_FALSE(one->assets.empty());
    std::size_t count = 0;
    for_each_parameter(*one, [&](const std::string& path, const Parameter& p) {
      ++count;
      EXPECT_FALSE(p.basis.empty()) << path;
      EXPECT_LE(p.low, p.value) << path;
      EXPECT_GE(p.high, p.value) << path;
    });
    EXPECT_GT(count, 60U);
  }
  const auto wrong = built_in("nobody");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("canada_alone"), std::string::npos);
}

TEST(Scenario, ExtensionReplacesWhatItNamesAndKeepsTheRest) {
  const auto one =
      read_scenario(kHead +
                        "[smugglers]\nfleet = { value = 30, unit = \"ships\", assumed = \"a test\" }\n"
                        "[asset.ca_frigate]\nweeks = [1, \"3-4\"]\n",
                    "x.toml");
  ASSERT_TRUE(one) << one.error().message;
  const auto parent = built_in("canada_alone");
  EXPECT_EQ(one->smugglers.fleet.value, 30);
  EXPECT_EQ(one->smugglers.fleet.high, 30);  // a parameter is replaced whole, with its range
  EXPECT_EQ(one->smugglers.deliveries.value, parent->smugglers.deliveries.value);
  EXPECT_EQ(one->assets[1].weeks.count(), 3U);
  EXPECT_TRUE(one->assets[1].weeks[0] && one->assets[1].weeks[2] && one->assets[1].weeks[3]);
  EXPECT_EQ(one->assets[1].name, parent->assets[1].name);
  EXPECT_TRUE(one->caveats.empty());
}

TEST(Scenario, APauseTakesItsCountriesOffStation) {
  const auto one = built_in("pause_spring_2020");
  ASSERT_TRUE(one);
  for (const Asset& asset : one->assets) {
    const std::string& country = one->countries[asset.country].id;
    const double days = one->days(asset, 18);
    if (country == "JP" || country == "US") {
      EXPECT_GT(days, 0) << asset.id;
    } else {
      EXPECT_EQ(days, 0) << asset.id;
    }
  }
}

TEST(Scenario, FilesExtendFilesBesideThemButNotInACircle) {
  const auto folder = std::filesystem::temp_directory_path() / "cordon_posture_test";
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
  write("a.toml", "format = \"cordon-posture/1\"\nname = \"a\"\nextends = \"b.toml\"\n");
  write("b.toml", kHead);
  write("c.toml", "format = \"cordon-posture/1\"\nname = \"c\"\nextends = \"c.toml\"\n");
  EXPECT_TRUE(load_scenario(folder / "a.toml"));
  const auto circle = load_scenario(folder / "c.toml");
  ASSERT_FALSE(circle);
  EXPECT_NE(circle.error().message.find("no circle"), std::string::npos);
  // Text without a folder, such as a server is sent, reaches no file.
  const std::string text =
      "format = \"cordon-posture/1\"\nname = \"a\"\nextends = \"" + (folder / "b.toml").string() + "\"\n";
  EXPECT_NE(error_of(text).find("built-in posture"), std::string::npos);
  EXPECT_NE(error_of("extends = \"../base\"\n").find("built-in posture"), std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST(Scenario, FaultsNameFileLineWhatWasExpectedAndFound) {
  EXPECT_EQ(error_of("name = \n").substr(0, 15), "x.toml: line 1:");
  EXPECT_EQ(error_of(kHead + "[smugglers]\nfleet = 3\n"),
            "x.toml: line 5: smugglers.fleet: expected { value = .., unit = \"ships\", source or assumed = "
            ".. }, found "
            "the number 3");
  EXPECT_EQ(error_of(kHead + "[smugglers]\nfleet = { value = 99, unit = \"ships\", assumed = \"a\" }\n"),
            "x.toml: line 5: smugglers.fleet.value: expected a number from 1 to 64, found the number 99");
  EXPECT_EQ(error_of(kHead + "[smugglers]\nfleet = { value = 9, unit = \"boats\", assumed = \"a\" }\n"),
            "x.toml: line 5: smugglers.fleet.unit: expected the unit 'ships', found 'boats'");
  EXPECT_EQ(
      error_of(kHead + "[smugglers]\nfleet = { value = 9, unit = \"ships\" }\n"),
      "x.toml: line 5: smugglers.fleet.assumed: expected either source = \"...\" or assumed = \"why\", found "
      "neither");
  EXPECT_EQ(
      error_of(kHead + "[smugglers]\nfleet = { value = 9, low = 10, unit = \"ships\", assumed = \"a\" }\n"),
      "x.toml: line 5: smugglers.fleet.low: expected at most the value 9, found 10");
  EXPECT_EQ(error_of(kHead + "[asset.ca_frigate]\nweeks = [\"50-53\"]\n"),
            "x.toml: line 5: asset.ca_frigate.weeks: expected weeks from 1 to 52 such as [\"18-21\", 40], "
            "found the "
            "text '50-53'");
  EXPECT_EQ(error_of(kHead + "[asset.ca_frigate]\ncountry = \"XX\"\n"),
            "x.toml: line 5: asset.ca_frigate.country: expected one of CA, found 'XX'");
  EXPECT_NE(error_of(kHead + "[asset.ca_frigate]\nwheels = 4\n")
                .find("line 5: asset.ca_frigate.wheels: expected one of"),
            std::string::npos);
  EXPECT_NE(error_of(kHead + "[smugglers]\nfleet = { value = nan, unit = \"ships\", assumed = \"a\" }\n")
                .find("a number from 1 to 64"),
            std::string::npos);
  EXPECT_NE(error_of("format = \"other\"\nname = \"x\"\nextends = \"base\"\n").find("'cordon-posture/1'"),
            std::string::npos);
  // Text of a file goes to a terminal with nothing that steers it.
  EXPECT_EQ(error_of(kHead + "[asset.ca_frigate]\ncountry = \"\\u001b[2J\"\n").find('\x1b'),
            std::string::npos);
}

TEST(Scenario, TooManyOfAKindIsAFault) {
  std::string text = kHead;
  for (int i = 0; i < 9; ++i) text += "[country.C" + std::to_string(i) + "]\nname = \"c\"\nships = [1]\n";
  EXPECT_NE(error_of(text).find("at most 8"), std::string::npos);
}

}  // namespace
}  // namespace cordon::posture
