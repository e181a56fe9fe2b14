/** An order service behind the gate, with an identity provider beside it. */
package dev.portcullis.example.orders;
