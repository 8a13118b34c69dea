// The whole job against known truth, on scenarios of several seeds, and on real input where the shared data
// is there.
#include "cordon/watch/watch.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cordon/simulate/scenario.hpp"
#include "cordon/watch/report.hpp"

namespace cordon::watch {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("cordon-watch-" + std::to_string(::getpid()))) {}
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Played {
  simulate::Truth truth;
  Targets targets;
};

Inputs inputs_of(const fs::path& folder, const char* feed) {
  Inputs inputs;
  inputs.feeds = {folder / feed};
  inputs.registry = folder / "registry.csv";
  inputs.ownership = {folder / "ownership.ftm.json"};
  return inputs;
}

Played play(std::uint64_t seed, const fs::path& folder, const char* feed) {
  auto options = simulate::preset("small");
  EXPECT_TRUE(options.has_value());
  options->seed = seed;
  auto scenario = simulate::Scenario::make(*options);
  EXPECT_TRUE(scenario.has_value());
  EXPECT_TRUE(simulate::write_folder(*scenario, folder).has_value());
  auto targets = watch(inputs_of(folder, feed), *Weights::embedded());
  EXPECT_TRUE(targets.has_value()) << targets.error().message;
  return {scenario->truth(), std::move(*targets)};
}

const Dossier* find(const Targets& targets, std::uint32_t mmsi) {
  for (const auto& dossier : targets.dossiers)
    if (std::find(dossier.identity.mmsi.begin(), dossier.identity.mmsi.end(), mmsi) !=
        dossier.identity.mmsi.end())
      return &dossier;
  return nullptr;
}

class Truthful : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Truthful, ListedVesselsAndOwnerChainsLeadTheRanking) {
  const Folder folder;
  const auto [truth, targets] = play(GetParam(), folder.path(), "feed.nmea");
  ASSERT_FALSE(truth.listed.empty());
  ASSERT_FALSE(truth.chains.empty());
  const auto reaching = static_cast<std::size_t>(std::count_if(
      truth.chains.begin(), truth.chains.end(), [](const auto& chain) { return chain.reaches; }));
  // Ships that called at DPRK ports or met such a ship may stand between; nothing else may.
  const std::size_t top = 2 * (truth.listed.size() + reaching);

  for (const auto& listed : truth.listed) {
    const auto* dossier = find(targets, listed.mmsi);
    ASSERT_NE(dossier, nullptr) << listed.how << ' ' << listed.name;
    EXPECT_LE(dossier->rank, top) << listed.how << ' ' << listed.name;
    const bool named =
        std::any_of(dossier->listings.begin(), dossier->listings.end(), [&](const Listing& listing) {
          return std::find(listed.listed_ids.begin(), listed.listed_ids.end(), listing.entity_id) !=
                 listed.listed_ids.end();
        });
    EXPECT_TRUE(named) << listed.how << ' ' << listed.name;
  }
  for (const auto& chain : truth.chains) {
    const auto* dossier = find(targets, chain.mmsi);
    const auto reached = [&](const Chain& found) {
      return std::find_first_of(found.listed_ids.begin(), found.listed_ids.end(), chain.listed_ids.begin(),
                                chain.listed_ids.end()) != found.listed_ids.end();
    };
    if (!chain.reaches) {
      // A decoy may be mentioned, but no rule may call the vessel owned or controlled.
      for (const auto& found : dossier ? dossier->chains : std::vector<Chain>{})
        for (const auto& verdict : found.verdicts)
          EXPECT_NE(verdict.verdict, "blocked") << chain.kind << ' ' << verdict.rule;
      continue;
    }
    ASSERT_NE(dossier, nullptr) << chain.kind << ' ' << chain.vessel;
    EXPECT_LE(dossier->rank, top) << chain.kind << ' ' << chain.vessel;
    const auto found = std::find_if(dossier->chains.begin(), dossier->chains.end(), reached);
    ASSERT_NE(found, dossier->chains.end()) << chain.kind << ' ' << chain.vessel;
    EXPECT_EQ(found->steps.front().to_id, "imo-" + std::to_string(chain.imo));
    EXPECT_EQ(found->steps.size(),
              chain.kind.find("25") == std::string::npos ? chain.steps.size() + 1 : found->steps.size());
    for (const auto& step : found->steps) EXPECT_TRUE(step.source.file) << "a link without a source";
    EXPECT_FALSE(dossier->law.empty()) << chain.vessel;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Truthful, testing::Values(2, 5, 8));

TEST(Watch, EveryDossierIsWalkable) {
  const Folder folder;
  const auto [truth, targets] = play(7, folder.path(), "feed.nmea");
  ASSERT_FALSE(targets.dossiers.empty());
  double before = 1e9;
  for (const auto& dossier : targets.dossiers) {
    EXPECT_LE(dossier.score, before);
    before = dossier.score;
    double sum = 0;
    for (const auto& finding : dossier.evidence) {
      sum += finding.weight;
      EXPECT_FALSE(finding.statement.empty());
      EXPECT_TRUE(finding.kind == "identity" || !finding.sources.empty()) << finding.statement;
    }
    EXPECT_NEAR(sum, dossier.score, 1e-9);
    for (const auto& point : dossier.law)
      for (const auto& basis : point.basis) {
        EXPECT_FALSE(basis.citation.text.empty());
        EXPECT_FALSE(basis.summary.empty()) << basis.id;
      }
    EXPECT_FALSE(dossier.unknown.empty());
    std::string line;
    append_json(line, dossier, targets.run);
    EXPECT_FALSE(nlohmann::json::parse(line, nullptr, false).is_discarded());
  }
}

TEST(Watch, SentencesAndCsvOfTheSameTrafficNameTheSameListedShips) {
  const Folder folder;
  const auto [truth, from_nmea] = play(3, folder.path(), "feed.nmea");
  const auto from_csv = watch(inputs_of(folder.path(), "positions.csv"), *Weights::embedded());
  ASSERT_TRUE(from_csv.has_value()) << from_csv.error().message;
  for (const auto& listed : truth.listed) {
    const auto *a = find(from_nmea, listed.mmsi), *b = find(*from_csv, listed.mmsi);
    ASSERT_NE(a, nullptr);
    ASSERT_NE(b, nullptr);
    EXPECT_EQ(a->id, b->id);
    EXPECT_EQ(a->listings.size(), b->listings.size());
  }
}

TEST(Watch, AnIndexKeptBetweenRunsChangesNothing) {
  const Folder folder;
  const auto [truth, targets] = play(3, folder.path(), "feed.nmea");
  Inputs inputs = inputs_of(folder.path(), "feed.nmea");
  inputs.snapshot = folder.path() / "lists.cordonidx";
  for (const char* run : {"made", "kept"}) {
    const auto again = watch(inputs, *Weights::embedded());
    ASSERT_TRUE(again.has_value()) << again.error().message;
    ASSERT_EQ(again->dossiers.size(), targets.dossiers.size()) << run;
    for (std::size_t i = 0; i < targets.dossiers.size(); ++i) {
      std::string one, other;
      append_json(one, targets.dossiers[i], targets.run);
      append_json(other, again->dossiers[i], again->run);
      EXPECT_EQ(one, other) << run;
    }
  }
  inputs.snapshot = folder.path();  // a folder cannot be written
  EXPECT_FALSE(watch(inputs, *Weights::embedded()));
}

TEST(Watch, ASurveyKeepsWhatTheDossiersWereMadeFrom) {
  const Folder folder;
  const auto [truth, targets] = play(3, folder.path(), "feed.nmea");
  std::uint64_t positions = 0;
  const auto made =
      survey(inputs_of(folder.path(), "feed.nmea"), *Weights::embedded(),
             {.batch = [&](const model::FeedBatch& batch) { positions += batch.positions.size(); }});
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const Survey& all = **made;
  EXPECT_EQ(positions, all.run.positions);
  EXPECT_EQ(all.dossiers.size(), targets.dossiers.size());
  EXPECT_EQ(all.heard.vessels().size(), all.run.vessels);
  ASSERT_EQ(all.dossier_of_event.size(), all.events.size());
  std::size_t held = 0;
  for (std::size_t i = 0; i < all.events.size(); ++i) {
    if (all.dossier_of_event[i] == Survey::kNoDossier) continue;
    ++held;
    const auto& events = all.dossiers.at(all.dossier_of_event[i]).events;
    EXPECT_TRUE(std::any_of(events.begin(), events.end(), [&](const model::Event& event) {
      return event.type == all.events[i].type && event.start == all.events[i].start &&
             event.mmsi == all.events[i].mmsi;
    }));
  }
  EXPECT_GT(held, 0u);
  EXPECT_GT(all.behind->graph().node_count(), 0u);
}

TEST(Report, HostileTextStaysText) {
  Targets targets;
  targets.run.as_of = "2024-02-07";
  Dossier dossier;
  dossier.id = "mmsi-1";
  dossier.identity.name = "</script><script>alert(1)</script><!--";
  targets.dossiers.push_back(dossier);
  const auto page = report_html(targets);
  ASSERT_TRUE(page.has_value()) << page.error().message;
  EXPECT_EQ(page->find("alert(1)</script>"), std::string::npos);
  EXPECT_NE(page->find("\\u003c/script>"), std::string::npos);
  // Nothing is fetched: no address but the SVG name space stands in the page.
  for (std::size_t at = page->find("://"); at != std::string::npos; at = page->find("://", at + 3))
    EXPECT_EQ(page->substr(at - 4, 22), "http://www.w3.org/2000") << page->substr(at - 20, 60);
}

TEST(Report, NoTargetIsAReportToo) {
  const auto page = report_html({});
  ASSERT_TRUE(page.has_value());
  EXPECT_NE(page->find("\"targets\":[]"), std::string::npos);
}

TEST(Watch, MissingInputsAreNamed) {
  Inputs inputs;
  inputs.feeds = {"/nowhere/feed.nmea"};
  const auto targets = watch(inputs, *Weights::embedded());
  ASSERT_FALSE(targets.has_value());
  EXPECT_NE(targets.error().message.find("/nowhere/feed.nmea"), std::string::npos);
}

TEST(Watch, LawThatIsNotThereIsAnError) {
  Inputs inputs;
  inputs.feeds = {"/nowhere/feed.nmea"};
  inputs.jurisdictions = {"UN", "XX"};
  const auto targets = watch(inputs, *Weights::embedded());
  ASSERT_FALSE(targets.has_value());
  EXPECT_EQ(targets.error().message.find("jurisdiction 'XX'"), 0u) << targets.error().message;
}

TEST(Watch, RunsOnRealInput) {
  const fs::path shared = fs::path(CORDON_SOURCE_DIR) / ".." / "shared" / "data";
  if (!fs::exists(shared)) GTEST_SKIP() << "no ../shared/data";
  Inputs inputs;
  for (const auto& entry : fs::directory_iterator(shared / "ais"))
    if (entry.path().extension() == ".nmea") inputs.feeds.push_back(entry.path());
  std::sort(inputs.feeds.begin(), inputs.feeds.end());
  inputs.feeds.push_back(shared / "tracks" / "noaa_marinecadastre_sample.csv");
  inputs.lists = {shared / "lists"};
  inputs.ownership = {shared / "network"};
  const auto targets = watch(inputs, *Weights::embedded());
  ASSERT_TRUE(targets.has_value()) << targets.error().message;
  EXPECT_GT(targets->run.positions, 2000u);
  EXPECT_GT(targets->run.vessels, 1000u);
  // American coastal traffic of one day and test sentences of many years: no number of a listed ship is among
  // them, and a namesake of a listed ship alone must not look like a case.
  for (const auto& dossier : targets->dossiers) {
    EXPECT_LT(dossier.score, 60) << dossier.id << ' ' << dossier.headline;
    for (const auto& listing : dossier.listings) EXPECT_LT(listing.score, 1.0) << dossier.id;
  }
  EXPECT_TRUE(report_html(*targets).has_value());
}

}  // namespace
}  // namespace cordon::watch
