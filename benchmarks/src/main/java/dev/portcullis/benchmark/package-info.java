/** What the gate costs, beside what it is compared with. Every figure is a ratio of interleaved runs. */
package dev.portcullis.benchmark;
