package dev.portcullis.attack;

/** What a finding counts for that stands in a document: a text of several lines, such as a post or code, in the field of a body. */
enum Reach {
    /** As much as elsewhere: the attack lies in wait wherever it stands, as markup does. */
    ANYWHERE,
    /** Less, unless it is certain. */
    CERTAIN,
    /** Little: in the midst of lines is not where a value is put into a command or an expression. */
    VALUES;

    /** What the finding counts for in a document; a hint there is none, of which posts and code are full. */
    Finding temper(Finding finding) {
        var stays = finding.isCertain() ? this != VALUES : this == ANYWHERE && finding.isStrong();
        return stays ? finding : finding.isFaint() ? Finding.NONE : Finding.faint(finding.at());
    }
}
