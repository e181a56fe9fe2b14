package dev.portcullis.spring.boot;

import dev.portcullis.respond.mask.Show;
import dev.portcullis.spring.Masked;

/** A card, of which only billing sees the number. */
record Card(
        @Masked(plainForRoles = "billing", show = Show.LAST_FOUR)
        String number,

        String holder) {}
