/** A servlet application without Spring behind the gate. */
package dev.portcullis.example.servlet;
