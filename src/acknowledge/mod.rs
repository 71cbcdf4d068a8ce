//! What we tell the sender, Kronofogden and the person, and by when.
