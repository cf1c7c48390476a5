export { Join } from './Join'
export { SetUp } from './SetUp'
export { SignIn } from './SignIn'
