/* compat.h - every difference between the versions of Wireshark that the plugin
 * is built for: 4.0, 4.4 and 4.6, which the tests run, and 4.2, which was handled
 * by reading alone and is not tested. No other file looks at a version.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_COMPAT_H
#define SIPMSG_COMPAT_H

#include <ws_version.h>

#include <epan/packet.h>
#include <epan/prefs.h>

#define SIPMSG_WIRESHARK_AT_LEAST(major, minor)                                                                        \
    (WIRESHARK_VERSION_MAJOR > (major) || (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/* Heuristics return, and boolean preferences are, gboolean (an int) before 4.4 and
 * bool since. Their sizes differ, so a preference must have the right one. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 4)
typedef bool sipmsg_bool;
#else
typedef gboolean sipmsg_bool;
#endif

/* What a heuristic of the "tls" list gets as data: a pointer to the session's
 * dissector handle in 4.0, and a structure with that pointer inside in 4.4. For
 * 4.2, which is not tested, none is returned: Wireshark then asks the heuristic
 * again for each record. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 4)
#include <epan/dissectors/packet-tls.h>
static inline dissector_handle_t *
sipmsg_tls_app_handle(void *data)
{
    return data == NULL ? NULL : ((struct tlsinfo *)data)->app_handle;
}
#else
static inline dissector_handle_t *
sipmsg_tls_app_handle(void *data)
{
    return SIPMSG_WIRESHARK_AT_LEAST(4, 2) ? NULL : (dissector_handle_t *)data;
}
#endif

/* These macros were named the other way round before 4.2. */
#ifndef FT_IS_STRING
#define FT_IS_STRING(type) IS_FT_STRING(type)
#define FT_IS_UINT(type)   IS_FT_UINT(type)
#endif

/* format_text() moved from epan to wsutil in 4.2 and takes char since. Makes text
 * from the network printable, in pool. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 2)
#include <wsutil/str_util.h>
static inline const char *
sipmsg_format_text(wmem_allocator_t *pool, const uint8_t *text, size_t length)
{
    return format_text(pool, (const char *)text, length);
}
#else
#include <epan/strutil.h>
static inline const char *
sipmsg_format_text(wmem_allocator_t *pool, const uint8_t *text, size_t length)
{
    return format_text(pool, text, length);
}
#endif

/* Gives a body to the dissector that is registered for its media type (lower case,
 * without parameters). What goes with it was renamed in 4.2, the function in 4.6.
 * Returns 0 if there is no such dissector or it does not want the body. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 2)
#include <epan/dissectors/packet-media-type.h>
typedef media_content_info_t sipmsg_media_info;
#define SIPMSG_MEDIA_OTHER MEDIA_CONTAINER_OTHER
#else
#include <epan/dissectors/packet-http.h>
typedef http_message_info_t sipmsg_media_info;
#define SIPMSG_MEDIA_OTHER HTTP_OTHERS
#endif
static inline int
sipmsg_try_media_type(const char *type, const char *parameters, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    sipmsg_media_info info = {.type = SIPMSG_MEDIA_OTHER, .media_str = parameters};
    dissector_table_t types = find_dissector_table("media_type");
#if SIPMSG_WIRESHARK_AT_LEAST(4, 6)
    return dissector_try_string_with_data(types, type, tvb, pinfo, tree, true, &info);
#else
    return dissector_try_string(types, type, tvb, pinfo, tree, &info);
#endif
}

/* Calls the dissector of a table's entry, as a layer of the packet of its own or not.
 * Renamed in 4.6. Returns 0 if it refuses or is disabled. */
static inline int
sipmsg_try_uint(dissector_table_t table, guint32 key, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, bool layer,
                void *data)
{
#if SIPMSG_WIRESHARK_AT_LEAST(4, 6)
    return dissector_try_uint_with_data(table, key, tvb, pinfo, tree, layer, data);
#else
    return dissector_try_uint_new(table, key, tvb, pinfo, tree, layer, data);
#endif
}

/* What starts a statistic of the command line says since 4.6 whether it could. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 6)
typedef bool sipmsg_stat_result;
#define SIPMSG_STAT_RETURN(started) return (started)
#else
typedef void sipmsg_stat_result;
#define SIPMSG_STAT_RETURN(started) (void)(started)
#endif

/* What parts a statistic's title into menus: a title may have slashes of its own since 4.2. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 2)
#define SIPMSG_MENU "//"
#else
#define SIPMSG_MENU "/"
#endif

/* The menu Telephony, renamed in 4.2. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 2)
#define SIPMSG_STAT_GROUP_TELEPHONY REGISTER_TELEPHONY_GROUP_UNSORTED
#else
#define SIPMSG_STAT_GROUP_TELEPHONY REGISTER_STAT_GROUP_TELEPHONY
#endif

/* plugin_describe() is new in 4.2. */
#if SIPMSG_WIRESHARK_AT_LEAST(4, 2)
#include <wsutil/plugins.h>
#define SIPMSG_HAS_PLUGIN_DESCRIBE 1
#ifndef WS_PLUGIN_DESC_DISSECTOR
#define WS_PLUGIN_DESC_DISSECTOR 0
#endif
#else
#define SIPMSG_HAS_PLUGIN_DESCRIBE 0
#endif

#endif
