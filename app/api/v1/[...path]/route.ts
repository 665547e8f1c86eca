import { unknownRoute } from "@/lib/platform/route";

export const GET = unknownRoute;
export const POST = unknownRoute;
export const PATCH = unknownRoute;
export const PUT = unknownRoute;
export const DELETE = unknownRoute;
