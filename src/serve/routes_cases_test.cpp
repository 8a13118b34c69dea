// Cases, the ledger and permits: one file, since all three rest on the ledger.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "cordon/ledger/export.hpp"
#include "cordon/ledger/test_places.hpp"
#include "cordon/permit/desk.hpp"
#include "serve/base64.hpp"
#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

using Json = nlohmann::json;

class OnLedger : public testing::Test {
 protected:
  void SetUp() override {
    ledger::OpenOptions how;
    how.access = ledger::Access::create;
    auto ledger = ledger::Ledger::open(folder_ / "cases.ledger", how);
    ASSERT_TRUE(ledger) << ledger.error().message;
    asker.services.ledger = std::move(*ledger);
  }
  void be(std::string name, Role role) { asker.who = {std::move(name), role, false}; }
  std::string open_case() {
    const auto made = asker.post(
        "/api/v1/cases", R"({"title":"Gap off Nampo","subject":{"type":"target","id":"imo-9161003"}})");
    EXPECT_EQ(made.status, 201) << whole(made);
    return json_of(made)["id"];
  }
  Response decide(const std::string& id, const char* outcome, Json more = Json::object()) {
    more["outcome"] = outcome;
    more["reason"] = "because";
    return asker.post("/api/v1/cases/" + id + "/decisions", more.dump());
  }
  std::size_t entries_of(std::string_view kind) {
    ledger::Filter filter;
    filter.kind = kind;
    return asker.services.ledger->entries(filter)->size();
  }

  ledger::TestFolder folder_;
  Asker asker;
};

TEST_F(OnLedger, ADecisionTakesTwoPeople) {
  const auto id = open_case();
  const auto path = "/api/v1/cases/" + id;
  EXPECT_EQ(asker.post(path + "/notes", R"({"text":"sold in 2023 <script>"})").status, 201);
  EXPECT_EQ(json_of(decide(id, "confirmed"))["status"], "proposed");
  // The same person may not confirm, nor an analyst, whoever it is.
  expect_refused(decide(id, "confirmed"), 409, "outcome");
  be("bo", Role::analyst);
  expect_refused(decide(id, "confirmed"), 403, "outcome");
  be("bo", Role::approver);
  const auto decided = json_of(decide(id, "confirmed"));
  EXPECT_EQ(decided["status"], "decided");
  EXPECT_EQ(decided["outcome"], "confirmed");
  ASSERT_EQ(decided["decisions"].size(), 2u);
  EXPECT_EQ(decided["decisions"][0]["by"], "ana");
  EXPECT_EQ(decided["decisions"][1]["effect"], "confirmed");
  expect_refused(decide(id, "dismissed"), 409, "outcome");
  EXPECT_EQ(json_of(decide(id, "reopen"))["status"], "open");
  EXPECT_EQ(decided["notes"][0]["text"], "sold in 2023 <script>");
}

TEST_F(OnLedger, TwoWhoDisagreeDecideNothing) {
  const auto id = open_case();
  decide(id, "confirmed");
  be("bo", Role::approver);
  const auto after = json_of(decide(id, "dismissed"));
  EXPECT_EQ(after["status"], "open");
  EXPECT_EQ(after["decisions"][1]["effect"], "contested");
}

TEST_F(OnLedger, WhoDecidesOnOldNewsIsTold) {
  const auto id = open_case();
  const auto read = json_of(asker.get("/api/v1/cases/" + id));
  be("bo", Role::analyst);
  asker.post("/api/v1/cases/" + id + "/notes", R"({"text":"new"})");
  expect_refused(decide(id, "confirmed", {{"seen", read["seen"]}}), 409, "seen");
  const auto again = json_of(asker.get("/api/v1/cases/" + id));
  EXPECT_EQ(decide(id, "confirmed", {{"seen", again["seen"]}}).status, 201);
}

TEST_F(OnLedger, EveryViewIsRecordedAndHidesNothing) {
  const auto id = open_case();
  EXPECT_EQ(entries_of("case.view"), 0u);
  be("vi", Role::viewer);
  EXPECT_EQ(asker.get("/api/v1/cases/" + id).status, 200);
  EXPECT_EQ(entries_of("case.view"), 1u);
  EXPECT_EQ(asker.post("/api/v1/cases/" + id + "/notes", R"({"text":"x"})").status, 403);
  expect_refused(asker.get("/api/v1/cases/C-99999"), 404, "id");
  // Views change nothing: who read before them may still decide.
  be("ana", Role::analyst);
  EXPECT_EQ(decide(id, "escalated").status, 201);
  const auto list = json_of(asker.get("/api/v1/cases?status=proposed&q=nampo"));
  EXPECT_EQ(list["total"], 1);
  EXPECT_EQ(json_of(asker.get("/api/v1/cases?status=decided"))["total"], 0);
}

TEST_F(OnLedger, AttachmentsComeBackAsFilesOnly) {
  const auto id = open_case();
  const std::string page = std::string("<script>alert(1)</script>\0\xff", 27);
  asker.content_type = "text/html";
  const auto made =
      json_of(asker.post("/api/v1/cases/" + id + "/attachments?name=..%2Fa%22%0d%0ab.html", page));
  const auto entry = made["attachments"][0]["entry"].get<std::uint64_t>();
  EXPECT_EQ(made["attachments"][0]["bytes"], page.size());
  const auto file = asker.get("/api/v1/cases/" + id + "/attachments/" + std::to_string(entry));
  EXPECT_EQ(whole(file), page);
  EXPECT_EQ(file.content_type, "application/octet-stream");
  bool saved = false;
  for (const auto& [name, value] : file.headers) {
    saved = saved || (name == "Content-Disposition" && value.starts_with("attachment"));
    EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos);
  }
  EXPECT_TRUE(saved);
  expect_refused(asker.get("/api/v1/cases/" + id + "/attachments/1"), 404, "entry");
  EXPECT_EQ(asker.post("/api/v1/cases/" + id + "/attachments?name=x", std::string(710'000, 'x')).status, 413);
  expect_refused(asker.post("/api/v1/cases/" + id + "/attachments?name=x", ""), 400, "body");
}

TEST_F(OnLedger, WrongCasesAreRefused) {
  expect_refused(asker.post("/api/v1/cases", "{}"), 400, "title");
  expect_refused(asker.post("/api/v1/cases", R"({"title":"x","subject":{"type":"ghost","id":"1"}})"), 400,
                 "subject.type");
  expect_refused(asker.post("/api/v1/cases", R"({"title":"x\u0000y","subject":{"type":"other","id":"1"}})"),
                 400, "title");
  expect_refused(asker.post("/api/v1/cases", R"({"title":"x","subject":{"type":"other","id":5}})"), 400,
                 "subject.id");
  const auto id = open_case();
  expect_refused(decide(id, "freed"), 400, "outcome");
  expect_refused(asker.post("/api/v1/cases/" + id + "/notes", R"({"text":" "})"), 400, "text");
  expect_refused(asker.get("/api/v1/cases?status=lost"), 400, "status");
}

TEST_F(OnLedger, ManyAtOnceLoseNothing) {
  const auto id = open_case();
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        CaseStep step;
        step.kind = "note";
        step.actor = "a" + std::to_string(t);
        step.role = "analyst";
        step.text = "n";
        good += asker.services.cases.act(*asker.services.ledger, id, step, "{}").has_value() ? 1 : 0;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
  EXPECT_EQ(asker.services.cases.find(*asker.services.ledger, id)->notes.size(), 40u);
}

TEST(WithoutLedger, SaysSo) {
  Asker asker;
  EXPECT_EQ(asker.get("/api/v1/cases").status, 409);
  EXPECT_EQ(asker.get("/api/v1/ledger").status, 409);
  EXPECT_EQ(asker.get("/api/v1/permits").status, 409);
  EXPECT_EQ(asker.get("/api/v1/permits/kinds").status, 200);
}

TEST_F(OnLedger, TheLedgerIsReadFromItsNewestEntry) {
  const auto id = open_case();
  decide(id, "confirmed");
  const auto list = json_of(asker.get("/api/v1/ledger?limit=1"));
  EXPECT_EQ(list["total"], 2);
  EXPECT_EQ(list["entries"][0]["seq"], 2);
  EXPECT_TRUE(list["verified"]);
  const auto found = json_of(asker.get("/api/v1/ledger?q=nampo"));
  ASSERT_EQ(found["entries"].size(), 1u);
  EXPECT_EQ(found["entries"][0]["payload"]["title"], "Gap off Nampo");
  EXPECT_EQ(json_of(asker.get("/api/v1/ledger?kind=case.open&offset=1"))["entries"].size(), 0u);
  EXPECT_EQ(json_of(asker.get("/api/v1/ledger/1"))["kind"], "case.open");
  expect_refused(asker.get("/api/v1/ledger/9"), 404, "seq");
  expect_refused(asker.get("/api/v1/ledger/0"), 400, "seq");
  const auto verdict = json_of(asker.get("/api/v1/ledger/verify"));
  EXPECT_TRUE(verdict["chain"]["whole"]);
  EXPECT_TRUE(verdict["breaches"].empty());
}

TEST_F(OnLedger, ExportsAreSigned) {
  open_case();
  EXPECT_EQ(asker.get("/api/v1/ledger/export").status, 409);  // no key
  auto key = ledger::SigningKey::create(folder_ / "key");
  ASSERT_TRUE(key);
  const auto pub = key->public_key();
  asker.services.ledger_key = std::make_unique<ledger::SigningKey>(std::move(*key));
  for (const char* format : {"json", "csv", "html"}) {
    const auto copy = whole(asker.get(std::string("/api/v1/ledger/export?format=") + format));
    const auto check = ledger::check_export(copy, pub);
    ASSERT_TRUE(check) << format;
    EXPECT_TRUE(check->whole()) << format;
  }
  EXPECT_EQ(entries_of("ledger.export"), 3u);
}

// A value that is right for the field.
Json right_value(const permit::Field& field) {
  if (field.type == "date") return "2026-12-01";
  if (field.type == "email") return "aid@example.org";
  if (field.type == "number") return 3;
  if (field.type == "flag") return true;
  if (field.type == "choice") return field.choices.front();
  if (field.type == "list") return Json::array({"One party"});
  if (field.type == "hs") return "871310";
  if (field.type == "table")
    return Json::array(
        {{{"description", "wheelchair"}, {"quantity", 40}, {"unit", "pieces"}, {"hs", "8713.10"}}});
  return "stated <b>";
}

std::string full_request() {
  const auto& kind = *(*permit::Kinds::embedded())->find("UN-IAN7");
  Json json = {{"kind", kind.id}, {"date", "2026-11-23"}, {"fields", Json::object()}};
  for (const auto& field : kind.fields)
    if (field.mandatory) json["fields"][field.id] = right_value(field);
  return json.dump();
}

TEST_F(OnLedger, APermitGoesItsWayUnderFourEyes) {
  const auto made = json_of(asker.post("/api/v1/permits", full_request()));
  const std::string id = made["state"]["id"];
  const auto path = "/api/v1/permits/" + id;
  EXPECT_TRUE(made["checklist"]["complete"]);
  expect_refused(asker.get(path + "/draft?send=yes"), 409, "send");
  // Who drafts does not approve, and an analyst does not at all.
  expect_refused(asker.post(path + "/approve", "{}"), 409, "step");
  be("ana", Role::approver);
  expect_refused(asker.post(path + "/approve", "{}"), 409, "step");
  be("bo", Role::approver);
  EXPECT_EQ(asker.post(path + "/approve", R"({"note":"read it"})").status, 201);
  const auto letter = whole(asker.get(path + "/draft?send=yes"));
  EXPECT_EQ(letter.find("stated <b>"), std::string::npos);
  be("ana", Role::analyst);
  EXPECT_EQ(asker.post(path + "/submit", R"({"date":"2026-11-24"})").status, 201);
  expect_refused(asker.post(path + "/open", "{}"), 400, "step");
  expect_refused(asker.post(path + "/dance", "{}"), 409, "step");
  expect_refused(asker.post(path + "/submit", R"({"date":"soon"})"), 400, "date");
  expect_refused(asker.post("/api/v1/permits/none/submit", "{}"), 404, "id");
  const auto all = json_of(asker.get("/api/v1/permits?as_of=2026-11-25"));
  EXPECT_EQ(all["permits"].size(), 1u);
  EXPECT_TRUE(json_of(asker.get("/api/v1/ledger/verify"))["breaches"].empty());
}

TEST(RoutesPermit, ChecklistAndKindsNeedNoLedger) {
  Asker asker;
  const auto kinds = json_of(asker.get("/api/v1/permits/kinds"));
  ASSERT_EQ(kinds["kinds"].size(), 5u);
  for (const auto& kind : kinds["kinds"]) EXPECT_FALSE(kind["fields"].empty());
  const auto gaps = json_of(asker.post("/api/v1/permits/check", R"({"kind":"UN-IAN7","fields":{}})"));
  EXPECT_FALSE(gaps["complete"]);
  expect_refused(asker.post("/api/v1/permits/check", R"({"kind":"visa"})"), 400, "kind");
  expect_refused(asker.post("/api/v1/permits/check", "["), 400, "body");
  asker.who.role = Role::viewer;
  EXPECT_EQ(asker.post("/api/v1/permits", full_request()).status, 403);
}

TEST(Base64, ComesBackTheSame) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes += static_cast<char>(i * 37);
  }
  EXPECT_EQ(to_base64("Man"), "TWFu");
  EXPECT_EQ(to_base64("Ma"), "TWE=");
  EXPECT_FALSE(from_base64("abc"));
  EXPECT_FALSE(from_base64("ab*="));
}

}  // namespace
}  // namespace cordon::serve
