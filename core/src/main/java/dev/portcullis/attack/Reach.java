package dev.portcullis.attack;

/** What a finding counts for that stands in a document: a text of several lines, such as a post or code, in the field of a body. */
enum Reach {
    /** As much as elsewhere: the attack lies in wait wherever it stands, as markup does. */
    ANYWHERE,
    /** Nothing, unless it is certain. */
    CERTAIN,
    /** Next to nothing: in the midst of lines is not where a value is put into a command or an expression. */
    VALUES;

    /** What the finding counts for in a document; hints and the form alone, of which posts and code are full, for nothing. */
    Finding temper(Finding finding) {
        var stays = finding.isCertain() ? this != VALUES : this == ANYWHERE && finding.isStrong();
        return stays ? finding : finding.isCertain() ? Finding.faint(finding.at()) : Finding.NONE;
    }
}
