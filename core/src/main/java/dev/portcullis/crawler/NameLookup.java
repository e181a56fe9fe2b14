package dev.portcullis.crawler;

import dev.portcullis.Address;
import java.io.IOException;
import java.util.List;

/** Asks a name service. Implementations are thread-safe, may block, and give up by themselves after some time. */
public interface NameLookup {

    /**
     * The names of an address; empty when it has none.
     *
     * @throws IOException when nobody could tell
     */
    List<String> namesOf(Address address) throws IOException;

    /**
     * The addresses of a name, of the family that is asked for; empty when it has none.
     *
     * @param like an address of the family
     * @throws IOException when nobody could tell
     */
    List<Address> addressesOf(String name, Address like) throws IOException;
}
