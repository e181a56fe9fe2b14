package dev.portcullis.attack;

/** Which multipart forms are read. The container takes them apart, as it does for the application, and bounds the files. */
public enum FormParts {

    /** All. Where the container was told nothing of them, nobody can tell. */
    DEMANDED,

    /** Those that the container was told to take apart, as it gives them to the application; others pass unread. */
    GIVEN,

    /** None; for applications that take such bodies apart themselves, which would find nothing left. */
    UNREAD
}
