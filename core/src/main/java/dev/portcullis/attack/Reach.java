package dev.portcullis.attack;

/** What a finding counts for that stands in a document: a text of several lines, such as a post or code, in the field of a body. */
enum Reach {
    /** As much as elsewhere: the attack lies in wait wherever it stands, as markup does. */
    ANYWHERE,
    /** Less, unless it is certain. */
    CERTAIN,
    /** Little: in the midst of lines is not where a value is put into a command or an expression. */
    VALUES;

    Finding temper(Finding finding) {
        var stays = this == ANYWHERE || this == CERTAIN && finding.isCertain();
        return stays ? finding : finding.isCertain() ? Finding.faint(finding.at()) : finding.weaker();
    }
}
