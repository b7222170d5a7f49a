/** The form of every id: as `crypto.randomUUID()` writes it. An id of another form is nobody's. */
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
