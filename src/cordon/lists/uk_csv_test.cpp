#include "cordon/lists/uk_csv.hpp"

#include <zlib.h>

#include <string>

#include "cordon/lists/ods.hpp"
#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr std::string_view kRegime =
    "\"The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019\"";

std::string uk_list() {
  std::string text =
      "Report Date: 11-Sep-2026\r\n"
      "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name type,Alias strength,Name "
      "non-latin "
      "script,Regime Name,Designation Type,Designation source,Sanctions Imposed,Address Line 1,Address "
      "Country,Date "
      "Designated,D.O.B,Nationality(/ies),Town of birth,Country of birth,Business registration number "
      "(s),IMO "
      "number,Current owner/operator (s),Current believed flag of ship,Previous flags,Type of ship\r\n";
  const std::string regime(kRegime);
  text += "16/02/2022,DPR0001,11001,KPi.001,YUN HO CHIN,,Alias,Low quality a.k.a,," + regime +
          ",Individual,UN,Asset freeze|Travel Ban,,,31/12/2020,13/10/1944,North Korea,,,,,,,,\r\n";
  text += "16/02/2022,DPR0200,,,PETREL 8,,Primary Name,,," + regime +
          ",Ship,UN,Specified ship,,,31/12/2020,,,,,,9562233,Li-Quan Shipping,Comoros,N/A,Bulk carrier\r\n";
  text +=
      "16/02/2022,DPR0001,11001,KPi.001,YUN,Ho-jin,Primary Name,,윤호진," + regime +
      ",Individual,UN,Asset freeze|Travel Ban,1 Street,North Korea,31/12/2020,13/10/1944,(1) North Korea (2) "
      "China,Pyongyang,North Korea,,,,,,\r\n";
  return text;
}

void expect_uk(const ListFile& list, std::string_view format) {
  EXPECT_EQ(list.source->version, "2026-09-11");
  EXPECT_EQ(list.source->dataset, "gb_fcdo");
  EXPECT_EQ(list.source->format, format);
  ASSERT_EQ(list.entities.size(), 2u);
  const auto& yun = entity_of(list, "gb-dpr0001");
  EXPECT_EQ(yun.caption, "Ho-jin YUN");
  EXPECT_EQ(yun.schema, model::Schema::Person);
  EXPECT_EQ(yun.first("weakAlias"), "YUN HO CHIN");
  EXPECT_EQ(yun.first("originalScript"), "윤호진");
  EXPECT_EQ(yun.first("regime"), "dprk");
  EXPECT_EQ(yun.first("birthDate"), "1944-10-13");
  EXPECT_EQ(yun.all("nationality"), (Values{"kp", "cn"}));
  EXPECT_EQ(yun.all("measure"), (Values{"Asset freeze", "Travel Ban"}));
  EXPECT_EQ(yun.first("birthPlace"), "Pyongyang, North Korea");
  EXPECT_EQ(yun.first("address"), "1 Street, North Korea");
  const auto& petrel = entity_of(list, "gb-dpr0200");
  EXPECT_EQ(petrel.schema, model::Schema::Vessel);
  EXPECT_EQ(petrel.first("imoNumber"), "9562233");
  EXPECT_EQ(petrel.first("flag"), "km");
  EXPECT_EQ(petrel.first("owner"), "Li-Quan Shipping");
  EXPECT_EQ(petrel.first("pastFlags"), "");
}

TEST(UkCsv, GathersTheRowsOfADesignation) {
  const auto list = read_text(uk_list());
  ASSERT_TRUE(list) << list.error().message;
  expect_uk(*list, "uk-csv");
}

TEST(UkCsv, ReadsTheListOfTheTreasury) {
  const auto list = read_text(
      "Last Updated,22/11/2025\n"
      "Name 6,Name 1,Name 2,Title,Name Non-Latin Script,DOB,Town of Birth,Country of "
      "Birth,Nationality,Passport "
      "Number,National Identification Number,Position,Address 1,Post/Zip Code,Country,Other "
      "Information,Group "
      "Type,Alias Type,Alias Quality,Regime,Listed On,Group ID\n"
      "KOREA BODY CO LTD,,,,,,,,,,,,1 Street,,North Korea,,Entity,Primary name,,Democratic People's Republic "
      "of "
      "Korea,21/03/2016,13310\n"
      "BODY CO,,,,,,,,,,,,,,,,Entity,AKA,Low,Democratic People's Republic of Korea,21/03/2016,13310\n");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2025-11-22");
  EXPECT_EQ(list->source->dataset, "gb_hmt");
  const auto& body = entity_of(*list, "gb-ofsi-13310");
  EXPECT_EQ(body.schema, model::Schema::Company);
  EXPECT_EQ(body.first("weakAlias"), "BODY CO");
  EXPECT_EQ(body.first("country"), "kp");
  EXPECT_EQ(body.first("listingDate"), "2016-03-21");
  EXPECT_EQ(body.first("regime"), "dprk");
}

// A spreadsheet as a program writes it: a ZIP of two members, the second packed.
void little(std::string& out, std::size_t value, int width) {
  for (; width > 0; --width, value >>= 8) out.push_back(static_cast<char>(value));
}

std::string deflated(const std::string& text) {
  std::string out(compressBound(text.size()), '\0');
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string ods(const std::string& content) {
  const std::string type = "application/vnd.oasis.opendocument.spreadsheet", packed = deflated(content);
  std::string zip, directory;
  const auto add = [&](const std::string& name, int method, const std::string& data, std::size_t size) {
    const std::size_t at = zip.size();
    const auto common = [&](std::string& out) {
      little(out, 20, 2), little(out, 0, 2), little(out, static_cast<std::size_t>(method), 2),
          little(out, 0, 8);
      little(out, data.size(), 4), little(out, size, 4), little(out, name.size(), 2), little(out, 0, 2);
    };
    zip += "PK\x03\x04";
    common(zip);
    zip += name + data;
    directory += "PK\x01\x02";
    little(directory, 20, 2);
    common(directory);
    little(directory, 0, 10), little(directory, at, 4);
    directory += name;
  };
  add("mimetype", 0, type, type.size());
  add("content.xml", 8, packed, content.size());
  const std::size_t start = zip.size();
  zip += directory + "PK\x05\x06";
  little(zip, 0, 4), little(zip, 2, 2), little(zip, 2, 2);
  little(zip, directory.size(), 4), little(zip, start, 4), little(zip, 0, 2);
  return zip;
}

std::string sheet_of(std::string_view csv) {
  std::string rows;
  EXPECT_TRUE(base::read_csv(csv, ',', [&](base::CsvRow&& cells, std::uint64_t) {
    rows += "<table:table-row>";
    for (std::size_t i = 0; i < cells.size();) {
      std::size_t run = 1;
      while (i + run < cells.size() && cells[i + run] == cells[i]) ++run;
      rows += "<table:table-cell table:number-columns-repeated='" + std::to_string(run) + "'>";
      if (!cells[i].empty()) rows += "<text:p><text:span>" + cells[i] + "</text:span></text:p>";
      rows += "</table:table-cell>";
      i += run;
    }
    rows += "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>";
  }));
  return "<office:document-content xmlns:office='o' xmlns:table='t' "
         "xmlns:text='x'><office:body><office:spreadsheet>"
         "<table:table table:name='List'><table:table-column/><table:table-header-rows>" +
         rows +
         "</table:table-header-rows><table:table-row table:number-rows-repeated='1000000'><table:table-cell/>"
         "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
}

TEST(UkOds, ReadsTheSameSheet) {
  const auto list = read_text(ods(sheet_of(uk_list())));
  ASSERT_TRUE(list) << list.error().message;
  expect_uk(*list, "uk-ods");
}

TEST(UkOds, ASheetThatLiesUnpackedIsNoCsv) {
  const std::string zip = ods("<a/>") + "\nUnique ID,Name 6,Name 1\n";
  EXPECT_FALSE(sniff_uk_csv(zip));
  EXPECT_TRUE(sniff_uk_ods(zip));
}

TEST(UkOds, BrokenOnesSayWhere) {
  const std::string whole = ods(sheet_of(uk_list()));
  for (std::size_t size = 100; size < whole.size(); size += 97)
    EXPECT_FALSE(read_ods(whole.substr(0, size), "cut"));
  EXPECT_FALSE(read_text(ods("<other/>")));
  EXPECT_FALSE(read_text(ods(sheet_of("a,b\nc,d\n"))));
  EXPECT_NE(read_ods("PK\x05\x06", "x").error().message.find("x: "), std::string::npos);
}

TEST(UkOds, ABombIsRefused) {
  const std::string bomb = ods("<a>" + std::string(std::size_t{300} << 20, ' ') + "</a>");
  EXPECT_LT(bomb.size(), std::size_t{1} << 20);
  const auto rows = read_ods(bomb, "bomb");
  ASSERT_FALSE(rows);
  EXPECT_NE(rows.error().message.find("larger than"), std::string::npos);
}

}  // namespace
}  // namespace cordon::lists
