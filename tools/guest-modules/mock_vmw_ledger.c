// SPDX-License-Identifier: GPL-2.0
/* Compile the ledger again: two modules must not share an object of kbuild. */
#include "ledger.c"
