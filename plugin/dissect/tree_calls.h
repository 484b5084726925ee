/* tree_calls.h - what the user sees of a message's transaction and call.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_TREE_CALLS_H
#define SIPMSG_DISSECT_TREE_CALLS_H

#include "tree.h"

/* Adds the items and expert infos of the message's transaction and call below root, and to
 * root's own line how the request was answered and how the call ended. What only the
 * future tells is shown once the packet was seen before: on a second pass. Nothing is added
 * if view->sighting is NULL. */
void sipmsg_add_transaction_and_call(const sipmsg_view *view, proto_tree *root);

#endif
