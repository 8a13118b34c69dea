#include "cordon/watch/vessel_book.hpp"

#include <gtest/gtest.h>

namespace cordon::watch {
namespace {

model::Position at(std::uint32_t mmsi, base::TimeMs time) {
  model::Position position;
  position.mmsi = mmsi;
  position.time = time;
  position.at = base::from_degrees(35, 124);
  return position;
}

model::VesselStatic says(std::uint32_t mmsi, base::TimeMs time, std::uint32_t imo, std::string name) {
  model::VesselStatic said;
  said.mmsi = mmsi;
  said.time = time;
  said.imo = imo;
  said.name = std::move(name);
  return said;
}

TEST(VesselBook, OneVesselBehindTwoMmsi) {
  model::FeedBatch batch;
  batch.statics = {says(111, 1000, 9187629, "ALPHA"), says(222, 2000, 9187629, "BETA"),
                   says(333, 3000, 0, "GAMMA")};
  VesselBook book;
  book.push(batch);
  book.finish();
  ASSERT_EQ(book.vessels().size(), 2u);
  EXPECT_EQ(book.vessels()[0].imo, 9187629u);
  EXPECT_EQ(book.vessels()[0].heard.size(), 2u);
  EXPECT_EQ(book.vessels()[1].imo, 0u);
  EXPECT_EQ(book.vessels_of(222).size(), 1u);
  EXPECT_TRUE(book.vessels_of(999).empty());
}

TEST(VesselBook, AnMmsiWithTwoImoNumbersStandsForTwoVessels) {
  model::FeedBatch batch;
  batch.statics = {says(111, 1000, 9187629, "ALPHA"), says(111, 2000, 8514045, "ALPHA")};
  VesselBook book;
  book.push(batch);
  book.finish();
  EXPECT_EQ(book.vessels().size(), 2u);
  EXPECT_EQ(book.vessels_of(111).size(), 2u);
  EXPECT_EQ(book.heard()[0].identities.size(), 2u);
}

TEST(VesselBook, PartsOfOneReportAreOneIdentity) {
  model::FeedBatch batch;
  auto a = says(111, 1000, 0, "ALPHA");
  auto b = says(111, 1500, 0, "");
  b.callsign = "V7AB1";
  b.to_bow_m = 90;
  batch.statics = {a, b, a, b};
  VesselBook book;
  book.push(batch);
  book.finish();
  ASSERT_EQ(book.heard()[0].identities.size(), 1u);
  EXPECT_EQ(book.heard()[0].identities[0].name, "ALPHA");
  EXPECT_EQ(book.heard()[0].identities[0].callsign, "V7AB1");
  EXPECT_EQ(book.heard()[0].identities[0].length_m, 90u);
  EXPECT_EQ(book.heard()[0].identities[0].reports, 4u);
}

TEST(VesselBook, PlaceholdersAreNotImoNumbers) {
  model::FeedBatch batch;
  batch.statics = {says(111, 1000, 1, "ALPHA"), says(111, 1000, 987654321, "ALPHA")};
  VesselBook book;
  book.push(batch);
  book.finish();
  EXPECT_EQ(book.vessels()[0].imo, 0u);
}

TEST(VesselBook, TracksStayBounded) {
  VesselBook book;
  model::FeedBatch batch;
  constexpr int kReports = 200'000;
  for (int i = 0; i < kReports; ++i) batch.positions.push_back(at(111, i * base::kMinute));
  book.push(batch);
  book.finish();
  const auto& heard = book.heard()[0];
  EXPECT_EQ(heard.positions, static_cast<std::uint64_t>(kReports));
  EXPECT_LE(heard.track.size(), VesselBook::kMaxTrackPoints);
  EXPECT_GT(heard.track.size(), VesselBook::kMaxTrackPoints / 4);
  EXPECT_EQ(heard.last, (kReports - 1) * base::kMinute);
}

TEST(VesselBook, AForgerCannotExhaustMemory) {
  VesselBook book;
  for (int i = 0; i < 1000; ++i) {
    model::FeedBatch batch;
    batch.statics = {says(111, i, 0, "NAME " + std::to_string(i))};
    book.push(batch);
  }
  book.finish();
  EXPECT_EQ(book.heard()[0].identities.size(), VesselBook::kMaxIdentities);
  EXPECT_EQ(book.heard()[0].dropped_identities, 1000 - VesselBook::kMaxIdentities);
}

}  // namespace
}  // namespace cordon::watch
