// Entities made up from a seed, for tests, fuzzers and benchmarks: persons, companies and ships in several
// scripts, with the numbers and dates that lists give.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/model/entity.hpp"

namespace cordon::screen {

class MadeUp {
 public:
  explicit MadeUp(std::uint64_t seed) : random_(seed) {}

  model::Entity entity(std::size_t number) {
    model::Entity e;
    e.id = "made-" + std::to_string(number);
    const std::uint64_t kind = random_() % 8;
    e.schema = kind < 5 ? model::Schema::Person : kind < 7 ? model::Schema::Company : model::Schema::Vessel;
    e.caption = name(e.schema);
    e.add("name", e.caption);
    if (random_() % 3 == 0) e.add("alias", name(e.schema));
    if (random_() % 9 == 0) e.add("weakAlias", word());
    if (e.schema == model::Schema::Person) {
      if (random_() % 2)
        e.add("birthDate", std::to_string(1930 + random_() % 80) + "-0" + digit() + "-1" + digit());
      if (random_() % 4 == 0) e.add("passportNumber", "P" + std::to_string(random_() % 100'000'000));
    }
    if (e.schema == model::Schema::Vessel)
      e.add("mmsi", std::to_string(400'000'000 + random_() % 90'000'000));
    e.add("country", std::array{"kp", "cn", "ru", "ir", "sy", "my"}[random_() % 6]);
    e.add("program", "DPRK");
    return e;
  }
  std::string name(model::Schema schema) {
    if (schema == model::Schema::Vessel) return word() + " " + word() + (random_() % 2 ? " " + digit() : "");
    if (schema == model::Schema::Company)
      return word() + " " + word() +
             std::array{" TRADING CO LTD", " SHIPPING", " 무역회사", " GMBH"}[random_() % 4];
    static constexpr std::array<std::string_view, 12> kOther = {
        "김정은", "리원호", "金正恩",           "Ким Чен Ын", "محمد علي",   "박영식",
        "최룡해", "Иванов", "キム・ジョンウン", "王小明",     "RI YONG HO", "PAK"};
    if (random_() % 10 == 0) return std::string(kOther[random_() % kOther.size()]) + " " + word();
    return word() + " " + word() + (random_() % 3 ? "" : " " + word());
  }
  std::string word() {
    static constexpr std::array<std::string_view, 40> kSyllables = {
        "kim", "pak", "chol", "jong", "un",  "il",  "ho",   "won",  "song", "yong", "mo", "ha",  "med", "ali",
        "sa",  "id",  "ra",   "iva",  "nov", "pe",  "tro",  "ser",  "gei",  "vla",  "di", "mir", "fer", "nan",
        "dez", "gar", "ci",   "ma",   "ria", "wei", "xiao", "ming", "chen", "li",   "be", "ko"};
    std::string out;
    for (std::uint64_t n = 1 + random_() % 3; n-- > 0;) out += kSyllables[random_() % kSyllables.size()];
    if (out.size() < 3) out += "an";
    out.front() = static_cast<char>(out.front() - 32);
    return out;
  }
  // A name as somebody else types it: a letter lost, doubled or swapped, words turned round.
  std::string retyped(std::string text) {
    const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
    if (text.size() < 5 || !ascii) return text;
    const std::size_t at = 1 + random_() % (text.size() - 2), blank = text.find(' ');
    switch (random_() % 4) {
      case 0:
        return text.erase(at, 1);
      case 1:
        return text.insert(at, 1, text[at]);
      case 2:
        std::swap(text[at], text[at - 1]);
        return text;
      default:
        return blank == text.npos ? text : text.substr(blank + 1) + " " + text.substr(0, blank);
    }
  }
  std::vector<model::Entity> entities(std::size_t count) {
    std::vector<model::Entity> all;
    all.reserve(count);
    for (std::size_t i = 0; i < count; ++i) all.push_back(entity(i));
    return all;
  }
  std::uint64_t operator()() { return random_(); }

 private:
  std::string digit() { return std::to_string(1 + random_() % 9); }
  std::mt19937_64 random_;
};

}  // namespace cordon::screen
