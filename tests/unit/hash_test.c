/* hash_test.c - the numbers that stand for texts.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"

#include "track/hash.h"

#include <string.h>

static sipmsg_hash_seed seed;

/* The number of the first length bytes of a text. */
static uint64_t
hash_of(const uint8_t *text, size_t length)
{
    return sipmsg_hash_text(&seed, check_guarded_behind((sip_span){text, length}));
}

/* Numbers of the texts 00 01 02 .. of these lengths, with a key of zeros, as another
 * implementation has them: Python 3.11, where PYTHONHASHSEED is 0 (hash(bytes(range(23)))). */
static void
test_vectors(void)
{
    static const sipmsg_hash_seed key = {{0, 0}};
    static const struct {
        size_t length;
        uint64_t number;
    } vectors[] = {
        {1, UINT64_C(0x68A914128E01E473)},  {7, UINT64_C(0x2F098AB0C751325A)},  {8, UINT64_C(0xEAD411E67EBE2EEA)},
        {16, UINT64_C(0x8972188433A5C5B7)}, {23, UINT64_C(0x37332B1389DAA4FF)},
    };
    uint8_t text[23];
    check_case("what SipHash-1-3 is");
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < COUNT(vectors); i++) {
        check_that(sipmsg_hash_text(&key, (sip_span){text, vectors[i].length}) == vectors[i].number, "a known number");
    }
}

/* Texts that differ in one bit, or in their length alone, all have other numbers. */
static void
test_different(void)
{
    enum { LENGTH = 23 }; /* two words and what is left of a third */
    uint8_t text[LENGTH] = {0};
    uint64_t hashes[LENGTH + 1 + sizeof text * 8];
    size_t count = 0;
    check_case("different texts");
    for (size_t length = 0; length <= LENGTH; length++) {
        hashes[count++] = hash_of(text, length);
    }
    for (size_t bit = 0; bit < sizeof text * 8; bit++) {
        text[bit / 8] ^= (uint8_t)(1U << bit % 8);
        hashes[count++] = hash_of(text, LENGTH);
        text[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    for (size_t i = 0; i < count; i++) {
        check_that(hashes[i] != 0, "no number that stands for absence");
        for (size_t j = 0; j < i; j++) {
            check_that(hashes[i] != hashes[j], "another for another text");
        }
    }
    check_case("another seed");
    seed = sipmsg_hash_new_seed();
    check_that(hashes[LENGTH] != hash_of(text, LENGTH), "other numbers, so that nobody can know them");
    check_case("absent");
    check_that(sipmsg_hash_text(&seed, (sip_span){NULL, 0}) == 0, "no number");
    check_that(sipmsg_hash_nocase(&seed, (sip_span){NULL, 0}) == 0, "no number, whatever the case");
}

/* Every byte at every place of a word and of what is left of one: the number without case is
 * that of the text with its letters made small, and of no other. */
static void
test_case_of_letters(void)
{
    enum { LENGTH = 13 };
    uint8_t text[LENGTH];
    uint8_t folded[LENGTH];
    check_case("letters without case");
    for (size_t at = 0; at < LENGTH; at++) {
        for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
            memset(text, byte % 2 != 0 ? 'Q' : 0xFF, sizeof text);
            text[at] = (uint8_t)byte;
            for (size_t i = 0; i < LENGTH; i++) {
                folded[i] = (uint8_t)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 'a' - 'A' : text[i]);
            }
            sip_span whole = check_guarded_behind((sip_span){text, LENGTH});
            if (sipmsg_hash_nocase(&seed, whole) != hash_of(folded, LENGTH)) {
                check_that(false, "the number of the small letters");
                return;
            }
        }
    }
    check_that(sipmsg_hash_nocase(&seed, SIP_SPAN("tag")) != sipmsg_hash_nocase(&seed, SIP_SPAN("ta'")),
               "another for another text");
    check_that(sipmsg_hash_text(&seed, SIP_SPAN("Tag")) != sipmsg_hash_text(&seed, SIP_SPAN("tag")),
               "another where the case counts");
}

static uint64_t
number_of_parts(sip_span first, sip_span second)
{
    sipmsg_hash hash = sipmsg_hash_start(&seed);
    sipmsg_hash_add(&hash, (uint64_t)first.length << 32 | second.length);
    sipmsg_hash_add_text(&hash, first);
    sipmsg_hash_add_nocase(&hash, second);
    return sipmsg_hash_end(hash);
}

static void
test_parts(void)
{
    check_case("several things");
    uint64_t number = number_of_parts(SIP_SPAN("ab"), SIP_SPAN("cd"));
    check_that(number == number_of_parts(SIP_SPAN("ab"), SIP_SPAN("CD")), "the same without case");
    check_that(number != number_of_parts(SIP_SPAN("AB"), SIP_SPAN("cd")), "another where the case counts");
    check_that(number != number_of_parts(SIP_SPAN("abc"), SIP_SPAN("d")), "another where they are cut elsewhere");
    check_that(number != number_of_parts(SIP_SPAN("cd"), SIP_SPAN("ab")), "another in another order");
    check_that(number != number_of_parts(SIP_SPAN("ab"), SIP_SPAN("")), "another with less");
}

/* Number as a text that is made to collide: each bit of it flips the highest bits of two
 * words in a way that cancels out in a hash which mixes each word with one multiplication,
 * since the highest bit goes through that unchanged whatever the seed. */
static sip_span
crafted(uint8_t *text, unsigned number, unsigned bits)
{
    enum { PAIR = 16 };
    memset(text, '!', (size_t)bits * PAIR);
    for (unsigned bit = 0; bit < bits; bit++) {
        uint8_t *pair = text + (size_t)bit * PAIR;
        uint8_t flip = number >> bit & 1 ? 0x80 : 0;
        pair[7] ^= flip;
        pair[11] ^= flip;
        pair[15] ^= flip;
    }
    return (sip_span){text, (size_t)bits * PAIR};
}

static void
test_collisions(void)
{
    enum { BITS = 8, TEXTS = 1 << BITS };
    uint8_t text[BITS * 16];
    uint64_t numbers[TEXTS];
    unsigned same = 0;
    check_case("texts that were made to have the same number with any seed");
    for (unsigned i = 0; i < TEXTS; i++) {
        numbers[i] = sipmsg_hash_text(&seed, crafted(text, i, BITS));
        for (unsigned j = 0; j < i; j++) {
            same += numbers[i] == numbers[j];
        }
    }
    check_that(same == 0, "other numbers");
}

int
main(void)
{
    seed = sipmsg_hash_new_seed();
    test_vectors();
    test_different();
    test_case_of_letters();
    test_parts();
    test_collisions();
    return check_summary();
}
