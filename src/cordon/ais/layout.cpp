#include "cordon/ais/layout.hpp"

#include <utility>

namespace cordon::ais {

namespace {

struct Row {
  std::uint16_t type, dac, fid;
  std::string_view when;
  std::uint16_t bits;
  // name@offset.width[kind], kind u where none is written; name@offset.width.most[/count_at]( ... ) is an
  // array.
  std::string_view fields;
};

#define CORDON_CLASS_A                                                                                   \
  "status@38.4 turn@42.8s speed@50.10 accuracy@60.1b lon@61.28s lat@89.27s course@116.12 heading@128.9 " \
  "second@137.6 maneuver@143.2 raim@148.1b radio@149.19"
#define CORDON_BASE \
  "timestamp@38.40y accuracy@78.1b lon@79.28s lat@107.27s epfd@134.4 raim@148.1b radio@149.19"
#define CORDON_CLASS_B \
  "reserved@38.8 speed@46.10 accuracy@56.1b lon@57.28s lat@85.27s course@112.12 heading@124.9 second@133.6 "
#define CORDON_ADDRESSED "seqno@38.2 dest_mmsi@40.30 retransmit@70.1b dac@72.10 fid@82.6 "
#define CORDON_BROADCAST "dac@40.10 fid@50.6 "
#define CORDON_LOCK \
  "country@88.2t locode@100.3t section@118.5t terminal@148.5t hectometre@178.5t eta@208.20m "
#define CORDON_LIGHTS                                                                                 \
  "ana_int@88.10 ana_ext1@98.10 ana_ext2@108.10 racon@118.2 light@120.2 alarm@122.1b stat_ext@123.8 " \
  "off_pos@131.1b"

constexpr Row kRows[] = {
    {1, 0, 0, "", 168, CORDON_CLASS_A},
    {2, 0, 0, "", 168, CORDON_CLASS_A},
    {3, 0, 0, "", 168, CORDON_CLASS_A},
    {4, 0, 0, "", 168, CORDON_BASE},
    {5, 0, 0, "", 424,
     "ais_version@38.2 imo@40.30 callsign@70.7t shipname@112.20t shiptype@232.8 to_bow@240.9 to_stern@249.9 "
     "to_port@258.6 to_starboard@264.6 epfd@270.4 eta@274.20m draught@294.8 destination@302.20t dte@422.1"},
    {6, 1, 12, "lastport", 360,
     CORDON_ADDRESSED "lastport@88.5t departure@118.20m nextport@138.5t eta@168.20m dangerous@188.20t "
                      "imdcat@308.4t unid@332.13 amount@345.10 unit@355.2"},
    {6, 1, 14, "tidals", 97,
     CORDON_ADDRESSED "month@88.4 day@92.5 tidals@97.93.3( lat@0.27s lon@27.28s from_hour@55.5 from_min@60.6 "
                      "to_hour@66.5 to_min@71.6 cdir@77.9 cspeed@86.7 )"},
    {6, 1, 15, "airdraught", 104, CORDON_ADDRESSED "airdraught@88.11"},
    {6, 1, 16, "persons", 104, CORDON_ADDRESSED "persons@88.13"},
    {6, 1, 18, "portname", 360,
     CORDON_ADDRESSED
     "linkage@88.10 arrival@98.20m portname@118.20t destination@238.5t lon@268.25s lat@293.24s"},
    {6, 1, 20, "berth_name", 360,
     CORDON_ADDRESSED
     "linkage@88.10 berth_length@98.9 berth_depth@107.8 position@115.3 arrival@118.20m availability@138.1 "
     "agent@139.2 fuel@141.2 chandler@143.2 stevedore@145.2 electrical@147.2 water@149.2 customs@151.2 "
     "cartage@153.2 crane@155.2 lift@157.2 medical@159.2 navrepair@161.2 provisions@163.2 shiprepair@165.2 "
     "surveyor@167.2 steam@169.2 tugs@171.2 solidwaste@173.2 liquidwaste@175.2 hazardouswaste@177.2 "
     "ballast@179.2 "
     "additional@181.2 regional1@183.2 regional2@185.2 future1@187.2 future2@189.2 berth_name@191.20t "
     "berth_lon@311.25s berth_lat@336.24s"},
    {6, 1, 25, "cargos", 100,
     CORDON_ADDRESSED "unit@88.2 amount@90.10 cargos@100.17.28( code@0.4 subtype@4.13 )"},
    {6, 1, 28, "waypoints", 149,
     CORDON_ADDRESSED "linkage@88.10 sender@98.3 rtype@101.5 start@106.20m duration@126.18 "
                      "waypoints@149.55.16/144( lon@0.28s lat@28.27s )"},
    {6, 1, 30, "text", 98, CORDON_ADDRESSED "linkage@88.10 text@98.0r"},
    {6, 1, 32, "tidals", 97,
     CORDON_ADDRESSED "month@88.4 day@92.5 tidals@97.88.3( lon@0.25s lat@25.24s from_hour@49.5 from_min@54.6 "
                      "to_hour@60.5 to_min@65.6 cdir@71.9 cspeed@80.8 )"},
    {6, 200, 21, "tugs", 248, CORDON_ADDRESSED CORDON_LOCK "tugs@228.3 airdraught@231.12"},
    {6, 200, 22, "status", 232, CORDON_ADDRESSED CORDON_LOCK "status@228.2"},
    {6, 200, 55, "crew", 168, CORDON_ADDRESSED "crew@88.8 passengers@96.13 personnel@109.8"},
    {6, 235, 10, "ana_int", 136, CORDON_ADDRESSED CORDON_LIGHTS},
    {6, 250, 10, "ana_int", 136, CORDON_ADDRESSED CORDON_LIGHTS},
    {6, 0, 0, "", 88, CORDON_ADDRESSED "data@88.0d"},
    {7, 0, 0, "", 168, "mmsi1@40.30 mmsi2@72.30 mmsi3@104.30 mmsi4@136.30"},
    {8, 1, 11, "waterlevel", 352,
     CORDON_BROADCAST
     "lat@56.24s lon@80.25s timestamp@105.16k wspeed@121.7 wgust@128.7 wdir@135.9 wgustdir@144.9 "
     "airtemp@153.11 "
     "humidity@164.7 dewpoint@171.10 pressure@181.9 pressuretend@190.2 visibility@192.8 waterlevel@200.9 "
     "leveltrend@209.2 cspeed@211.8 cdir@219.9 cspeed2@228.8 cdir2@236.9 cdepth2@245.5 cspeed3@250.8 "
     "cdir3@258.9 "
     "cdepth3@267.5 waveheight@272.8 waveperiod@280.6 wavedir@286.9 swellheight@295.8 swellperiod@303.6 "
     "swelldir@309.9 seastate@318.4 watertemp@322.10 preciptype@332.3 salinity@335.9 ice@344.2"},
    {8, 1, 13, "reason", 472,
     CORDON_BROADCAST
     "reason@56.20t closefrom@176.20t closeto@296.20t radius@416.10 extunit@426.2 from@428.20f "
     "to@448.20f"},
    {8, 1, 15, "airdraught", 72, CORDON_BROADCAST "airdraught@56.11"},
    {8, 1, 16, "persons", 72, CORDON_BROADCAST "persons@56.13"},
    {8, 1, 17, "targets", 56,
     CORDON_BROADCAST "targets@56.122.4( idtype@0.2 id@2.42i lat@48.24s lon@72.25s course@97.9 second@106.6 "
                      "speed@112.10 )"},
    {8, 1, 19, "station", 360,
     CORDON_BROADCAST
     "linkage@56.10 station@66.20t lon@186.25s lat@211.24s status@235.2 signal@237.5 hour@242.5 "
     "minute@247.6 nextsignal@253.5"},
    {8, 1, 27, "waypoints", 117,
     CORDON_BROADCAST "linkage@56.10 sender@66.3 rtype@69.5 start@74.20m duration@94.18 "
                      "waypoints@117.55.16/112( lon@0.28s lat@28.27s )"},
    {8, 1, 29, "text", 66, CORDON_BROADCAST "linkage@56.10 text@66.0r"},
    {8, 1, 31, "waterlevel", 360,
     CORDON_BROADCAST
     "lon@56.25s lat@81.24s accuracy@105.1b timestamp@106.16k wspeed@122.7 wgust@129.7 wdir@136.9 "
     "wgustdir@145.9 "
     "airtemp@154.11s humidity@165.7 dewpoint@172.10s pressure@182.9 pressuretend@191.2 visgreater@193.1b "
     "visibility@194.7 waterlevel@201.12 leveltrend@213.2 cspeed@215.8 cdir@223.9 cspeed2@232.8 cdir2@240.9 "
     "cdepth2@249.5 cspeed3@254.8 cdir3@262.9 cdepth3@271.5 waveheight@276.8 waveperiod@284.6 wavedir@290.9 "
     "swellheight@299.8 swellperiod@307.6 swelldir@313.9 seastate@322.4 watertemp@326.10s preciptype@336.3 "
     "salinity@339.9 ice@348.2"},
    {8, 200, 10, "vin", 168,
     CORDON_BROADCAST "vin@56.8t length@104.13 beam@117.10 shiptype@127.14 hazard@141.3 draught@144.11 "
                      "loaded@155.2 speed_q@157.1b course_q@158.1b heading_q@159.1b"},
    {8, 200, 23, "start_lon", 256,
     CORDON_BROADCAST
     "start@56.90w end@73.101w start_lon@112.28s start_lat@140.27s end_lon@167.28s "
     "end_lat@195.27s warning_type@222.4 min@226.9s max@235.9s warning_class@244.2 wind@246.4"},
    {8, 200, 24, "gauges", 168, CORDON_BROADCAST "country@56.2t gauges@68.25.4( id@0.11 level@11.14s )"},
    {8, 200, 40, "facing", 168,
     CORDON_BROADCAST "lon@56.28s lat@84.27s form@111.4 facing@115.9 direction@124.3 status@127.30"},
    {8, 0, 0, "", 56, CORDON_BROADCAST "data@56.0d"},
    {9, 0, 0, "", 168,
     "alt@38.12 speed@50.10 accuracy@60.1b lon@61.28s lat@89.27s course@116.12 second@128.6 regional@134.8 "
     "dte@142.1 raim@147.1b radio@148.20"},
    {10, 0, 0, "", 72, "dest_mmsi@40.30"},
    {11, 0, 0, "", 168, CORDON_BASE},
    {12, 0, 0, "", 72, "seqno@38.2 dest_mmsi@40.30 retransmit@70.1b text@72.0r"},
    {13, 0, 0, "", 168, "mmsi1@40.30 mmsi2@72.30 mmsi3@104.30 mmsi4@136.30"},
    {14, 0, 0, "", 40, "text@40.0r"},
    {15, 0, 0, "", 160,
     "mmsi1@40.30 type1_1@70.6 offset1_1@76.12 type1_2@90.6 offset1_2@96.12 mmsi2@110.30 type2_1@140.6 "
     "offset2_1@146.12"},
    {16, 0, 0, "", 144,
     "mmsi1@40.30 offset1@70.12 increment1@82.10 mmsi2@92.30 offset2@122.12 increment2@134.10"},
    {17, 0, 0, "", 80, "lon@40.18s lat@58.17s data@80.0d"},
    {18, 0, 0, "", 168,
     CORDON_CLASS_B "regional@139.2 cs@141.1b display@142.1b dsc@143.1b band@144.1b msg22@145.1b raim@147.1b "
                    "radio@148.20"},
    {19, 0, 0, "", 312,
     CORDON_CLASS_B
     "regional@139.4 shipname@143.20t shiptype@263.8 to_bow@271.9 to_stern@280.9 to_port@289.6 "
     "to_starboard@295.6 epfd@301.4 raim@305.1b dte@306.1 assigned@307.1b"},
    {20, 0, 0, "", 160,
     "offset1@40.12 number1@52.4 timeout1@56.3 increment1@59.11 offset2@70.12 number2@82.4 timeout2@86.3 "
     "increment2@89.11 offset3@100.12 number3@112.4 timeout3@116.3 increment3@119.11 offset4@130.12 "
     "number4@142.4 "
     "timeout4@146.3 increment4@149.11"},
    {21, 0, 0, "", 272,
     "aid_type@38.5 name@43.20n accuracy@163.1b lon@164.28s lat@192.27s to_bow@219.9 to_stern@228.9 "
     "to_port@237.6 "
     "to_starboard@243.6 epfd@249.4 second@253.6 off_position@259.1b regional@260.8 raim@268.1b "
     "virtual_aid@269.1b"},
    {22, 0, 0, "dest1", 168,
     "channel_a@40.12 channel_b@52.12 txrx@64.4 power@68.1b dest1@69.30 dest2@104.30 addressed@139.1b "
     "band_a@140.1b "
     "band_b@141.1b zonesize@142.3"},
    {22, 0, 0, "", 168,
     "channel_a@40.12 channel_b@52.12 txrx@64.4 power@68.1b ne_lon@69.18s ne_lat@87.17s sw_lon@104.18s "
     "sw_lat@122.17s band_a@140.1b band_b@141.1b zonesize@142.3"},
    {23, 0, 0, "", 160,
     "ne_lon@40.18s ne_lat@58.17s sw_lon@75.18s sw_lat@93.17s stationtype@110.4 shiptype@114.8 "
     "interval@146.4 "
     "quiet@150.4"},
    {24, 0, 0, "shipname", 160, "part@38.2p shipname@40.20t"},
    {24, 0, 0, "mothership_mmsi", 168,
     "part@38.2p shiptype@40.8 vendorid@48.3t model@66.4 serial@70.20 callsign@90.7t mothership_mmsi@132.30"},
    {24, 0, 0, "", 168,
     "part@38.2p shiptype@40.8 vendorid@48.3t model@66.4 serial@70.20 callsign@90.7t to_bow@132.9 "
     "to_stern@141.9 "
     "to_port@150.6 to_starboard@156.6"},
    {27, 0, 0, "", 96,
     "accuracy@38.1b raim@39.1b status@40.4 lon@44.18s lat@62.17s speed@79.6 course@85.9 gnss@94.1b"},
};

std::uint16_t take_number(std::string_view& text) {
  std::uint16_t value = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value = static_cast<std::uint16_t>(value * 10 + (text.front() - '0'));
    text.remove_prefix(1);
  }
  return value;
}

// Takes fields until the text, or the array it describes, ends.
std::vector<FieldLayout> take_fields(std::string_view& text) {
  std::vector<FieldLayout> fields;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (text.front() == ')') {
      text.remove_prefix(1);
      break;
    }
    FieldLayout field;
    const std::size_t at = text.find('@');
    field.name = text.substr(0, at);
    text.remove_prefix(at + 1);
    field.at = take_number(text);
    text.remove_prefix(1);
    field.width = take_number(text);
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      field.kind = FieldKind::array;
      field.most = take_number(text);
      if (text.starts_with('/')) {
        text.remove_prefix(1);
        field.count_at = take_number(text);
      }
      text.remove_prefix(1);  // (
      field.elements = take_fields(text);
    } else if (!text.empty() && text.front() != ' ') {
      field.kind = static_cast<FieldKind>(text.front());
      text.remove_prefix(1);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<MessageLayout> read_rows() {
  std::vector<MessageLayout> layouts;
  for (const Row& row : kRows) {
    std::string_view text = row.fields;
    layouts.push_back({row.type, row.dac, row.fid, row.when, row.bits, take_fields(text)});
  }
  return layouts;
}

}  // namespace

std::span<const MessageLayout> message_layouts() {
  static const std::vector<MessageLayout> layouts = read_rows();
  return layouts;
}

}  // namespace cordon::ais
