// Requests from the first draft to the closing, through the kinds the program ships.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cordon/base/resource.hpp"
#include "cordon/ledger/test_places.hpp"
#include "cordon/ledger/verify.hpp"
#include "cordon/permit/desk.hpp"
#include "cordon/permit/draft.hpp"

namespace cordon::permit {
namespace {

using Json = nlohmann::json;

const Kinds& kinds() {
  return **Kinds::embedded();
}
const law::LawBook& book() {
  return **law::LawBook::embedded();
}

// A value that is right for the field.
Json right_value(const Field& field) {
  if (field.type == "date") return "2026-12-01";
  if (field.type == "email") return "aid@example.org";
  if (field.type == "number") return 3;
  if (field.type == "flag") return true;
  if (field.type == "choice") return field.choices.front();
  if (field.type == "list") return Json::array({"One party", "Another"});
  if (field.type == "hs") return "871310";
  if (field.type == "table")
    return Json::array(
        {{{"description", "wheelchair"}, {"quantity", 40}, {"unit", "pieces"}, {"hs", "8713.10"}}});
  return "stated: " + field.id;
}

Json full(const Kind& kind) {
  Json json = {{"kind", kind.id}, {"id", "R-1"}, {"date", "2026-11-23"}, {"fields", Json::object()}};
  for (const Field& field : kind.fields)
    if (field.mandatory) json["fields"][field.id] = right_value(field);
  return json;
}

Json full(const char* id) {
  return full(*kinds().find(id));
}

Checklist checked(const Json& json) {
  return check(kinds(), book(), parse_request(json.dump()).value()).value();
}

TEST(Kinds, EveryFactHasCitationAndSource) {
  ASSERT_EQ(kinds().all().size(), 5U);
  for (const Kind& kind : kinds().all()) {
    EXPECT_FALSE(kind.bases.empty()) << kind.id;
    EXPECT_NE(kind.step("submit"), nullptr) << kind.id;
    for (const Field& field : kind.fields) {
      EXPECT_FALSE(field.basis.sources.empty()) << kind.id << " " << field.id;
      const bool memory = field.basis.sources == std::vector<std::string>{"memory"};
      EXPECT_NE(memory, field.basis.verified) << kind.id << " " << field.id;
    }
    for (const Step& step : kind.steps)
      if (step.id == "approve") {
        EXPECT_TRUE(step.four_eyes && step.complete && step.per_revision) << kind.id;
      }
  }
}

TEST(Kinds, ABrokenDocumentIsRefusedWithItsPlace) {
  const std::string good(base::resource("permit/kinds/5-ca-eipa.json").value());
  const auto said = [&](const std::function<void(Json&)>& change) {
    Json json = Json::parse(good);
    change(json);
    const std::vector<std::pair<std::string, std::string>> documents = {{"x.json", json.dump()}};
    const auto kinds_or = Kinds::parse(documents);
    return kinds_or ? std::string("accepted") : kinds_or.error().message;
  };
  EXPECT_EQ(said([](Json&) {}), "accepted");
  EXPECT_EQ(said([](Json& j) { j["fields"][0]["basis"]["sources"] = Json::array(); }),
            "x.json: fields applicant: a basis without citation or source");
  EXPECT_NE(said([](Json& j) { j["fields"][0]["basis"].erase("verified"); }).find("verified"),
            std::string::npos);
  EXPECT_EQ(said([](Json& j) { j["steps"][0]["after"] = {"decision"}; }).substr(0, 13), "x.json: steps");
  EXPECT_EQ(said([](Json& j) { j["steps"][1]["after"] = {"nothing"}; }),
            "x.json: steps approve: waits for a step that does not exist, or for itself");
  EXPECT_NE(said([](Json& j) { j["fields"][0]["type"] = "colour"; }).find("unknown type"), std::string::npos);
}

TEST(Check, AFullRequestLacksNothingAndEachFieldCounts) {
  for (const Kind& kind : kinds().all()) {
    const Json json = full(kind);
    EXPECT_TRUE(checked(json).complete()) << kind.id << ": " << checked(json).lacks.front().why;
    for (const Field& field : kind.fields) {
      if (!field.mandatory) continue;
      Json without = json;
      without["fields"][field.id] = "TBD";
      const Checklist checklist = checked(without);
      Json silent = json;
      silent["fields"].erase(field.id);
      // What is mandatory only in some cases may be left out in others.
      if (field.when.type == Condition::Type::always) {
        EXPECT_FALSE(checklist.complete()) << kind.id << " " << field.id;
        EXPECT_FALSE(checked(silent).complete()) << kind.id << " " << field.id;
      }
    }
  }
}

TEST(Check, WrongValuesAreNamed) {
  Json json = full("UN-IAN7");
  json["fields"]["contact_email"] = "nobody";
  json["fields"]["channel"] = "by pigeon";
  json["fields"]["items"][0]["hs"] = "wheels";
  json["fields"]["items"].push_back({{"description", "crutches"}, {"quantity", 0}, {"hs", "9021"}});
  json["fields"]["colour"] = "red";
  const Checklist checklist = checked(json);
  std::string said;
  for (const Lack& lack : checklist.lacks) said += lack.field->id + " " + lack.place + ": " + lack.why + "\n";
  EXPECT_NE(said.find("contact_email : expected an e-mail address, found 'nobody'"), std::string::npos)
      << said;
  EXPECT_NE(said.find("channel : expected one of: Member State;"), std::string::npos) << said;
  EXPECT_NE(said.find("items row 1, HS code: expected an HS code of at least four digits, found 'wheels'"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("items row 2, Quantity: expected a number above zero, found '0'"), std::string::npos)
      << said;
  EXPECT_NE(said.find("items row 2, Unit: not stated"), std::string::npos) << said;
  EXPECT_EQ(checklist.unknown, std::vector<std::string>{"colour"});
}

TEST(Check, TheLawIsAskedAndTheOrderFollows) {
  const Checklist checklist = checked(full("UN-IAN7"));
  ASSERT_EQ(checklist.law.size(), 2U);
  EXPECT_EQ(checklist.law[0].verdict, "humanitarian_request_required");
  std::string order;
  for (const InOrder& row : checklist.order) order += row.kind->id + "=" + row.needed + " ";
  EXPECT_EQ(order.find("UN-IAN7=yes CA-CERT=yes") != std::string::npos, true) << order;
}

TEST(Check, ConditionalFieldsFollowTheGround) {
  Json json = full("CA-CERT");
  json["fields"]["ground"] = "s22_basic";
  for (const char* name : {"committee_reference", "items", "activity", "parties", "route", "dates"})
    json["fields"].erase(name);
  EXPECT_TRUE(checked(json).complete());
  json["fields"].erase("expenses");
  EXPECT_FALSE(checked(json).complete());
}

TEST(Check, AcademicExchange) {
  Json json = full("ACAD");
  json["fields"]["activity"] = "teaching";
  json["fields"]["named_discipline"] = true;
  json["fields"]["discipline"] = "nuclear physics";
  const Checklist taught = checked(json);
  ASSERT_FALSE(taught.findings.empty());
  EXPECT_EQ(taught.findings[0]->says.substr(0, 10), "Prohibited");
  EXPECT_EQ(taught.law[0].verdict, "prohibited");
  json["fields"]["activity"] = "joint research";
  json["fields"]["field_class"] = "other";
  const Checklist research = checked(json);
  EXPECT_NE(std::find(research.steps.begin(), research.steps.end(), "determination"), research.steps.end());
  EXPECT_EQ(std::find(research.steps.begin(), research.steps.end(), "committee"), research.steps.end());
}

TEST(Request, BadInputIsOneLine) {
  const auto said = [](const std::string& text) { return parse_request(text).error().message; };
  EXPECT_EQ(said("{"), "request: is not JSON: byte 2");
  EXPECT_EQ(said("[]"), "request: expected a JSON object, found []");
  EXPECT_EQ(said("{\"date\":\"soon\"}"), "date: expected YYYY-MM-DD, found 'soon'");
  EXPECT_EQ(said("{\"fields\":{\"a\":{\"b\":1}}}"), "a: expected a text, number or flag, found {\"b\":1}");
  EXPECT_EQ(said("{\"a\":[1,{\"b\":2}]}"), "a: mixes rows and texts");
  EXPECT_EQ(said("{\"facts\":3}"), "facts: expected an object, found 3");
  Json json = {{"kind", "visa"}};
  EXPECT_NE(
      check(kinds(), book(), parse_request(json.dump()).value()).error().message.find("expected one of ACAD"),
      std::string::npos);
}

TEST(Draft, EscapesHostileTextAndClaimsNothing) {
  for (const Kind& kind : kinds().all()) {
    Json json = full(kind);
    for (auto& [name, value] : json["fields"].items())
      if (value.is_string() && kind.field(name)->type == "text")
        value = "<script>alert(1)</script>\"'&<img src=x onerror=1>{applicant}";
    const Request request = parse_request(json.dump()).value();
    const Checklist checklist = check(kinds(), book(), request).value();
    std::string html, text;
    append_draft_html(html, checklist, request, {});
    append_draft_text(text, checklist, request, {});
    EXPECT_EQ(html.find("<script"), std::string::npos) << kind.id;
    EXPECT_EQ(html.find("<img"), std::string::npos) << kind.id;
    EXPECT_NE(html.find("DRAFT"), std::string::npos);
    for (const char* claim :
         {"has been approved", "is approved", "is permitted", "cleared", "clearance", "granted"})
      EXPECT_EQ(text.find(claim), std::string::npos) << kind.id << ": " << claim;
  }
}

TEST(Draft, HashFollowsWhatIsSaid) {
  const Request request = parse_request(full("CA-EIPA").dump()).value();
  Json json = full("CA-EIPA");
  json["fields"]["end_use"] = "another";
  const Request other = parse_request(json.dump()).value();
  EXPECT_NE(draft_hash(check(kinds(), book(), request).value(), request),
            draft_hash(check(kinds(), book(), other).value(), other));
}

class Desks : public testing::Test {
 protected:
  Desks() {
    ledger::OpenOptions options;
    options.access = ledger::Access::create;
    ledger = std::move(ledger::Ledger::open(folder / "l", options).value());
    desk = std::make_unique<Desk>(*ledger, kinds(), book(), "{}");
  }
  std::string open(const Json& json, const char* actor = "ana") {
    Action action;
    action.actor = actor;
    action.role = "analyst";
    action.request = json.dump();
    return said(desk->open(action));
  }
  std::string act(const char* step, const char* actor, const char* role, const char* date = "",
                  const char* outcome = "", const char* reference = "REF", const Json& request = {}) {
    Action action;
    action.actor = actor;
    action.role = role;
    action.step = step;
    action.outcome = outcome;
    action.reference = reference;
    action.note = "note";
    if (*date != '\0') action.date = *base::parse_date(date);
    if (!request.is_null()) action.request = request.dump();
    return said(desk->act("R-1", action));
  }
  static std::string said(const base::Result<State>& state) {
    if (!state) return state.error().message;
    std::string out = "next:";
    for (const std::string& step : next_steps(*state)) out += " " + step;
    return out;
  }
  ledger::TestFolder folder;
  std::unique_ptr<ledger::Ledger> ledger;
  std::unique_ptr<Desk> desk;
};

TEST_F(Desks, ACertificateFromDraftToClosing) {
  Json json = full("CA-CERT");
  json["fields"]["ground"] = "s22_basic";
  EXPECT_EQ(open(json), "next: approve");
  EXPECT_EQ(act("submit", "ana", "analyst", "2026-12-01"), "submit: the law puts approve before it");
  EXPECT_EQ(act("approve", "ana", "approver"), "approve: four eyes: ana drafted it and may not approve it");
  EXPECT_EQ(act("approve", " ANA ", "approver"), "approve: four eyes: ana drafted it and may not approve it");
  EXPECT_EQ(act("approve", "bo", "analyst"), "approve: expected the role approver or admin; found 'analyst'");
  EXPECT_EQ(act("approve", "bo", "approver"), "next: submit");
  EXPECT_EQ(act("submit", "ana", "analyst"), "submit: needs the date of the event");
  EXPECT_EQ(act("submit", "ana", "viewer", "2026-12-01").substr(0, 24), "submit: expected the rol");
  EXPECT_EQ(act("submit", "ana", "analyst", "2026-12-01"), "next: committee_22 received");
  EXPECT_EQ(act("revise", "ana", "analyst", "", "", "", json),
            "revise: the request was sent; it can be changed only when it is sent back");
  EXPECT_EQ(act("received", "ana", "analyst", "2026-11-30"),
            "received: 2026-11-30 is before submit (2026-12-01)");
  EXPECT_EQ(act("received", "ana", "analyst", "2026-12-09"), "next: committee_22");
  EXPECT_EQ(act("received", "ana", "analyst", "2026-12-09"), "received: is done already");

  // 15 working days after 9 December 2026, over Christmas, Boxing Day and New Year.
  const auto due = due_of(desk->state("R-1").value(), *base::parse_date("2026-12-29"));
  ASSERT_TRUE(due && due->size() == 1);
  EXPECT_EQ((*due)[0].due, "2027-01-04");
  EXPECT_EQ((*due)[0].state, "soon");
  EXPECT_EQ((*due)[0].days_left, 3);
  EXPECT_EQ(due_of(desk->state("R-1").value(), *base::parse_date("2027-01-05"))->front().state, "overdue");
  EXPECT_EQ(due_of(desk->state("R-1").value(), *base::parse_date("2027-01-04"))->front().state, "due");
  EXPECT_EQ(due_of(desk->state("R-1").value(), *base::parse_date("2026-12-10"))->front().state, "later");

  EXPECT_EQ(act("committee_22", "ana", "analyst", "2026-12-10"), "next: decision");
  EXPECT_EQ(act("decision", "ana", "analyst", "2026-12-20", "maybe"),
            "decision: outcome: expected one of granted, refused, questions; found 'maybe'");
  EXPECT_EQ(act("close", "ana", "analyst"), "close: step decision is still to be done");
  EXPECT_EQ(act("decision", "ana", "analyst", "2026-12-20", "questions"), "next: revise");
  EXPECT_EQ(act("approve", "bo", "approver"), "approve: the request was sent back; revise it first");
  json["fields"]["expenses"] = "rent, CAD 900 a month";
  EXPECT_EQ(act("revise", "cy", "analyst", "", "", "", json), "next: approve");
  EXPECT_EQ(act("approve", "cy", "approver"), "approve: four eyes: cy drafted it and may not approve it");
  EXPECT_EQ(act("approve", "bo", "approver"), "next: submit");
  EXPECT_EQ(act("submit", "ana", "analyst", "2026-12-22"), "next: received");
  EXPECT_EQ(act("received", "ana", "analyst", "2026-12-23"), "next: decision");
  EXPECT_EQ(act("decision", "ana", "analyst", "2027-01-05", "granted"), "next: close");
  EXPECT_EQ(act("close", "ana", "analyst"), "next:");
  EXPECT_EQ(act("close", "ana", "analyst"), "R-1: is closed");
  EXPECT_TRUE(desk->breaches()->empty());
  EXPECT_TRUE(ledger::verify(*ledger)->whole());
}

TEST_F(Desks, EmptyFieldsCannotBeApprovedNorClosed) {
  Json json = full("UN-IAN7");
  json["fields"]["monitoring"] = "tbd";
  EXPECT_EQ(open(json), "next: revise");
  EXPECT_EQ(act("approve", "bo", "approver"), "approve: mandatory fields are empty or wrong: monitoring");
  EXPECT_EQ(act("close", "ana", "analyst", "", "withdrawn"),
            "close: mandatory fields are empty or wrong: monitoring");
  EXPECT_EQ(act("close", "ana", "analyst"), "close: mandatory fields are empty or wrong: monitoring");
  EXPECT_EQ(act("revise", "ana", "analyst", "", "", "", full("UN-IAN7")), "next: approve");
  EXPECT_EQ(act("revise", "ana", "analyst", "", "", "", full("CA-EIPA")).substr(0, 26),
            "revise: the kind of a requ");
  EXPECT_EQ(act("close", "ana", "analyst", "", "withdrawn"), "next:");
}

TEST_F(Desks, ApprovalLapsesWithTheDraftItApproved) {
  Json json = full("CA-EIPA");
  open(json);
  EXPECT_EQ(act("others_at_hand", "ana", "analyst", "2026-11-24"), "next: approve");
  EXPECT_EQ(act("approve", "bo", "approver"), "next: submit");
  json["fields"]["end_use"] = "another";
  EXPECT_EQ(act("revise", "ana", "analyst", "", "", "", json), "next: approve");
}

TEST_F(Desks, ARefusalEndsIt) {
  open(full("CA-EIPA"));
  act("others_at_hand", "ana", "analyst", "2026-11-24");
  act("approve", "bo", "approver");
  act("submit", "ana", "analyst", "2026-11-25");
  EXPECT_EQ(act("decision", "ana", "analyst", "2026-12-01", "refused"), "next: close");
  EXPECT_EQ(act("decision", "ana", "analyst", "2026-12-02", "granted"),
            "decision: the request ended as refused; it can only be closed");
  EXPECT_EQ(act("close", "ana", "analyst"), "next:");
  EXPECT_EQ(desk->state("R-1")->closed_as, "refused");
}

TEST_F(Desks, NamesAndOpensOnce) {
  open(full("CA-EIPA"));
  EXPECT_EQ(open(full("CA-EIPA")), "R-1: is open already");
  Json json = full("CA-EIPA");
  json.erase("id");
  open(json);
  open(json);
  const auto all = desk->all();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 3U);
  EXPECT_EQ((*all)[2].id, "R-2026-002");
  json["id"] = "../../<x>";
  EXPECT_EQ(open(json).substr(0, 20), "id: expected up to 6");
  EXPECT_NE(desk->state("R-9").error().message.find("no such request"), std::string::npos);
}

// Somebody writes the approval into the ledger with another program: it does not count, and is named.
TEST_F(Desks, AStepPastTheRulesIsFound) {
  open(full("CA-EIPA"));
  act("others_at_hand", "ana", "analyst", "2026-11-24");
  const auto written = ledger->append(std::vector<ledger::Record>{
      {"ana", "approver", "permit.approve", "permit:R-1", "{\"revision\":1}", "{}"}});
  ASSERT_TRUE(written);
  EXPECT_EQ(said(desk->state("R-1")), "next: approve");
  const auto breaches = desk->breaches();
  ASSERT_TRUE(breaches);
  ASSERT_EQ(breaches->size(), 1U);
  EXPECT_EQ((*breaches)[0].seq, 3U);
  EXPECT_EQ((*breaches)[0].why, "approve: four eyes: ana drafted it and may not approve it");
  EXPECT_EQ(act("approve", "bo", "approver"), "next: submit");
}

TEST_F(Desks, TheExemptionExpires) {
  open(full("UN-IAN7"));
  act("approve", "bo", "approver");
  act("submit", "ana", "analyst", "2026-11-25");
  act("secretary", "ana", "analyst", "2026-11-30", "accepted", "");
  auto due = due_of(desk->state("R-1").value(), *base::parse_date("2026-12-01"));
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ((*due)[0].due, "2026-12-07");
  EXPECT_FALSE((*due)[0].verified);
  act("decision", "ana", "analyst", "2026-12-07", "granted", "");
  due = due_of(desk->state("R-1").value(), *base::parse_date("2027-10-10"));
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ((*due)[0].due, "2027-12-07");
  EXPECT_EQ((*due)[0].state, "soon");
}

}  // namespace
}  // namespace cordon::permit
