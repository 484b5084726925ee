# Makes an index template out of what "tshark -G elastic-mapping" prints, and mends in it what
# does not fit what "tshark -T ek" prints:
#  - times are seconds such as 0.000105, and no dates (Wireshark says date before 4.6);
#  - bytes are text such as 0d:0a, and no numbers from -128 to 127;
#  - strings and expert infos, which are not named, are to be found too, as they are, and not
#    to be taken for dates if they look like some.
# What documents.jq keeps of other layers is added.
{
  index_patterns: ["packets-*"],
  template: {
    settings,
    mappings: (.mappings
      | .dynamic = false
      | .date_detection = false
      | .dynamic_templates = [{strings: {match_mapping_type: "string", mapping: {type: "keyword", ignore_above: 1024}}}]
      | .properties.layers.properties |= (
          .sipmsg.dynamic = true
          | .sipmsg.properties |= map_values(
              if .type == "date" then {type: "double"}
              elif .type == "byte" then {type: "keyword", index: false, doc_values: false}
              else . end)
          | .frame.properties.frame_frame_number.type = "long"
          | .ip.properties[("ip_ip_src", "ip_ip_dst")].type = "ip"
          | .ipv6.properties[("ipv6_ipv6_src", "ipv6_ipv6_dst")].type = "ip"))
  }
}
