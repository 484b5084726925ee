# Makes the body of a _bulk request out of what "tshark -T ek" prints: one document for each
# SIP message, where ek has one for each packet, with the packet's number and addresses.
# Messages that were not sent as such, but quoted in errors or in others, are left out.
# An expert info is there with the value true: ek prints null, which no search finds.
def last_of: if type == "array" then .[-1] else . end;

select(.layers.sipmsg)
| (.layers.sipmsg | if type == "array" then .[] else . end
   | select((.sipmsg_sipmsg_request_line or .sipmsg_sipmsg_status_line) and (.sipmsg_sipmsg_nested | not))
   | walk(if . == null then true else . end)) as $message
| {index: {_index: ("packets-" + (.timestamp | tonumber / 1000 | floor | todate | .[:10]))}},
  {
    timestamp,
    layers: ({frame: (.layers.frame | {frame_frame_number}), sipmsg: $message}
      + if .layers.ip then {ip: (.layers.ip | last_of | {ip_ip_src, ip_ip_dst})} else {} end
      + if .layers.ipv6 then {ipv6: (.layers.ipv6 | last_of | {ipv6_ipv6_src, ipv6_ipv6_dst})} else {} end)
  }
