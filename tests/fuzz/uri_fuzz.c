/* uri_fuzz.c - a URI taken apart.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts lie inside of the text, in their order and apart from each other, and what is
 * between them is what the grammar has there: put together again, the parts of a URI without
 * faults are the URI. A list is its items with the separator between. Of a prefix the
 * scheme alone is final, once its colon is there: what follows may yet turn out to have been
 * the user part.
 */
#include "spans.h"

#include <glib.h>

enum { WORK_PER_BYTE = 150 };

/* What is put together of parts. */
typedef struct joined {
    GString *text;
} joined;

static void
join(const joined *to, const char *front, sip_span part)
{
    if (sip_span_present(part)) {
        g_string_append(to->text, front);
        g_string_append_len(to->text, (const char *)part.data, (gssize)part.length);
    }
}

/* Of ports the digits are kept alone if they are a number, so a URI with a fault may miss one. */
static void
check_joined(sip_span inner, const sip_uri *uri)
{
    joined to = {g_string_new(NULL)};
    bool ipv6 = sip_span_present(uri->host) && sip_span_find(uri->host, ':') != NULL;
    join(&to, "", uri->scheme);
    g_string_append_c(to.text, ':');
    join(&to, "", uri->user);
    join(&to, ":", uri->password);
    if (uri->kind == SIP_URI_SIP && sip_span_present(uri->user)) {
        g_string_append_c(to.text, '@');
    }
    join(&to, ipv6 ? "[" : "", uri->host);
    g_string_append(to.text, ipv6 ? "]" : "");
    join(&to, ":", uri->port);
    join(&to, ";", uri->parameters);
    join(&to, "?", uri->headers);
    join(&to, "", uri->opaque);
    sip_span text = {(const uint8_t *)to.text->str, to.text->len};
    fuzz_that(sip_span_equal(text, inner), "a URI without faults is the sum of its parts");
    g_string_free(to.text, TRUE);
}

/* Each part after the one before. */
static void
check_order(const sip_uri *uri)
{
    const sip_span parts[] = {uri->scheme, uri->user,       uri->password, uri->host,
                              uri->port,   uri->parameters, uri->headers,  uri->opaque};
    const uint8_t *end = NULL;
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (sip_span_present(parts[i])) {
            fuzz_that(end == NULL || parts[i].data >= end, "parts in their order");
            end = sip_span_end(parts[i]);
        }
    }
}

static void
check_kind(const sip_uri *uri)
{
    bool sip = uri->kind == SIP_URI_SIP;
    bool tel = uri->kind == SIP_URI_TEL;
    uint32_t port = 0;
    fuzz_that(sip_span_present(uri->scheme) == (uri->kind != SIP_URI_NONE), "a scheme, or no kind");
    fuzz_that(sip || (!sip_span_present(uri->host) && !sip_span_present(uri->password)), "a host in SIP's URIs alone");
    fuzz_that(sip || !sip_span_present(uri->headers), "headers in SIP's URIs alone");
    fuzz_that(sip || tel || (!sip_span_present(uri->user) && !sip_span_present(uri->parameters)), "no user elsewhere");
    fuzz_that((uri->kind == SIP_URI_ABSOLUTE) == sip_span_present(uri->opaque), "the rest of other URIs");
    fuzz_that(!sip_span_present(uri->port) || (sip_span_number(uri->port, &port) && port == uri->port_number),
              "the number that the port's digits are");
}

static bool
has_fault(const sip_faults *faults)
{
    for (int kind = 0; kind < SIP_FAULT_COUNT; kind++) {
        if (sip_span_present(faults->at[kind])) {
            return true;
        }
    }
    return false;
}

static void
check_items(sip_span list, uint8_t separator)
{
    sip_span rest = list;
    sip_span item;
    const uint8_t *next = list.data;
    while (sip_uri_next_item(&rest, separator, &item)) {
        fuzz_inside(list, item, "an item");
        fuzz_that(sip_span_present(item), "an item that is there");
        fuzz_that(item.data == next && sip_span_find(item, separator) == NULL, "items up to the separator");
        next = sip_span_end(item) + 1;
    }
    fuzz_that(!sip_span_present(list) || next == sip_span_end(list) + 1, "items to the end of the list");
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    sip_uri uri;
    sip_faults faults = {0};
    size_t scheme = sip_uri_scheme_length(prefix);
    fuzz_that(scheme == 0 || scheme == sip_uri_scheme_length(whole), "a scheme that stays when more comes");
    sip_uri_parse(prefix, &uri, &faults);
    spans_of_uri(prefix, &uri);
    spans_of_faults(prefix, &faults);
    check_order(&uri);
    check_kind(&uri);
}

void
fuzz_target(sip_span input)
{
    sip_uri uri;
    sip_faults faults = {0};
    uint64_t start = fuzz_work();
    sip_uri_parse(input, &uri, &faults);
    bool is_host = sip_is_host(input);
    bool is_ipv6 = sip_is_ipv6_address(input);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);

    fuzz_that(!(is_host && is_ipv6), "an IPv6 address that is a host in brackets alone");
    spans_of_uri(input, &uri);
    spans_of_faults(input, &faults);
    check_order(&uri);
    check_kind(&uri);
    if (!has_fault(&faults)) {
        check_joined(sip_span_trim(input), &uri);
    }
    check_items(uri.parameters, ';');
    check_items(uri.headers, '&');
    fuzz_prefixes(input, check_prefix);
}
