export const app={fetch(){return new Response("x")}};
