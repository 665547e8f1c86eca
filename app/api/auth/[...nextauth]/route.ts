import { authDoor } from "@/lib/platform/auth-door";

export const GET = authDoor;
export const POST = authDoor;
