// What was seen at sea ends in measures with what the State may or must do.
#include "cordon/law/observed.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cordon/law/law.hpp"

namespace cordon::law {
namespace {

std::vector<Verdict> verdicts(const Observation& seen, std::vector<std::string> codes = {"UN"}) {
  auto book = LawBook::embedded();
  EXPECT_TRUE(book) << book.error().message;
  return check(**book, {2023, 3, 1}, facts_for(seen), codes);
}

bool cites(const std::vector<Verdict>& all, std::string_view id) {
  for (const Verdict& verdict : all)
    for (const Basis& basis : verdict.basis)
      if (basis.id == id) return true;
  return false;
}

bool says(const std::vector<Verdict>& all, std::string_view text) {
  for (const Verdict& verdict : all)
    for (const std::string& line : verdict.may_or_must)
      if (line.find(text) != std::string::npos) return true;
  return false;
}

TEST(Observed, ListedVesselByWhatTheListingSays) {
  Observation seen;
  seen.listed = true;
  seen.listed_measures = {"port ban"};
  auto all = verdicts(seen, {"UN", "CA"});
  EXPECT_EQ(all.front().verdict, "deny_port_entry");
  EXPECT_TRUE(cites(all, "VES-2371-6"));
  EXPECT_FALSE(cites(all, "VES-2321-12D"));
  EXPECT_TRUE(cites(all, "CA-287-17"));
  EXPECT_TRUE(cites(all, "CA-287-18"));
  EXPECT_TRUE(says(all, "must deny port entry"));
  seen.listed_measures = {"asset freeze", "port ban", "deflag"};
  all = verdicts(seen);
  EXPECT_EQ(all.front().verdict, "freeze");
  for (const char* id : {"VES-2321-12D", "FRZ-1718-8d", "VES-2371-6", "VES-2321-12A"})
    EXPECT_TRUE(cites(all, id)) << id;
  EXPECT_TRUE(says(all, "must freeze"));
  EXPECT_TRUE(says(all, "de-flag"));
}

TEST(Observed, OwnerOrControllerDesignated) {
  Observation seen;
  seen.owned_by_listed = true;
  EXPECT_EQ(verdicts(seen).front().verdict, "freeze");
  EXPECT_TRUE(cites(verdicts(seen), "PRT-2270-22"));
  EXPECT_TRUE(cites(verdicts(seen, {"CA"}), "CA-287-2(1)"));
  Observation controlled;
  controlled.controlled_by_listed = true;
  EXPECT_TRUE(cites(verdicts(controlled), "FRZ-1718-8d"));
}

TEST(Observed, TransferWithDprkFlagInPortIsSeized) {
  Observation seen;
  seen.ship_to_ship = true;
  seen.flag = "Togo";
  seen.other_flag = "KP";
  seen.cargo = "gas oil";
  seen.location = "port";
  const auto all = verdicts(seen, {"UN", "CA"});
  EXPECT_EQ(all.front().verdict, "seize_inspect_impound");
  for (const char* id : {"SEI-2397-9", "STS-2375-11", "OIL-2397-5", "RPT-2397-15"})
    EXPECT_TRUE(cites(all, id)) << id;
  EXPECT_TRUE(says(all, "must seize, inspect and freeze"));
  seen.location = "high_seas";
  const auto at_sea = verdicts(seen);
  EXPECT_TRUE(says(at_sea, "with the consent of the flag State"));
  EXPECT_TRUE(cites(at_sea, "INS-2375-7"));
  EXPECT_FALSE(cites(at_sea, "SEI-2397-9"));
}

TEST(Observed, FeederTransferIsAnOpenQuestionUnderPara11) {
  Observation seen;
  seen.ship_to_ship = true;
  seen.flag = "Togo";
  seen.other_flag = "Sierra Leone";
  seen.onward_to_dprk = true;
  seen.cargo = "gas oil";
  const auto all = verdicts(seen);
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(cites({all.front()}, "OIL-2397-5") || all.front().verdict == "needs_more_information");
  EXPECT_TRUE(cites(all, "STS-2375-11"));
}

TEST(Observed, SilenceAloneIsNoViolation) {
  Observation seen;
  seen.ais_disabled = true;
  const auto all = verdicts(seen);
  EXPECT_EQ(all.front().verdict, "needs_more_information");
  EXPECT_FALSE(all.front().missing.empty());
  seen.dprk_controlled = true;
  EXPECT_TRUE(cites(verdicts(seen), "DRG-2321-24"));
}

TEST(Observed, DprkPortCallAndFlag) {
  Observation call;
  call.dprk_port_call = true;
  call.location = "port";
  EXPECT_TRUE(cites(verdicts(call), "INS-2270-18"));
  Observation flag;
  flag.flag = "North Korea";
  const auto all = verdicts(flag, {"UN", "CA"});
  EXPECT_TRUE(cites(all, "REG-2270-20"));
  EXPECT_TRUE(cites(all, "CA-167-7"));
}

}  // namespace
}  // namespace cordon::law
