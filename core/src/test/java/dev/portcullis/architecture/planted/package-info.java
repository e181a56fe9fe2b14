/** Rooms that break every rule of the house, to prove that the rules find it. */
package dev.portcullis.architecture.planted;
