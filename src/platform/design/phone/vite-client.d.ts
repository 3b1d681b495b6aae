// Style sheets as imports, and import.meta.env.
/// <reference types="vite/client" />
